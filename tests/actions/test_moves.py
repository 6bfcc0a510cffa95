"""A body lets an ECT go, another asks and takes them on, the record goes along: done, refused, recorded, at once."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from assessments.access import visible_reviews
from cases import actions
from cases.access import visible_cases
from cases.actions.claiming import Claimed
from cases.actions.release_requests import Sought
from cases.actions.releasing import Going
from cases.facts import facts_of
from cases.models import BodyPeriod, HandoverGrant, RecordBundle, Release, ReleaseRequest
from cases.rules.confirming import BodyKind
from cases.rules.errors import RuleBroken
from cases.rules.timeline import timeline
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    MembershipFactory,
    ProgressReviewFactory,
    WorkingPatternFactory,
    viewer,
)
from tests.support.trail import last_event, recorded, told

START, TODAY, LAST_DAY, NEXT = date(2025, 9, 1), date(2026, 7, 6), date(2026, 7, 17), date(2026, 9, 1)
GONE = date(2026, 7, 3)
State = ReleaseRequest.State


class Move:
    """An ECT at one school with one body, and a second body that wants them."""

    def __init__(self):
        self.placement = WorkingPatternFactory(placement__starts_on=START, starts_on=START).placement
        self.induction, self.teacher = self.placement.induction, self.placement.induction.teacher
        self.old, self.new = BodyFactory(), BodyFactory()
        self.by = viewer(self.old, Role.BODY_OFFICER, on=TODAY)
        self.next = viewer(self.new, Role.BODY_OFFICER, on=TODAY)
        self.contact = MembershipFactory(organisation=self.new, role=Role.BODY_CONTACT).user
        self.colleague = MembershipFactory(organisation=self.new, role=Role.BODY_OFFICER).user
        self.period = BodyPeriodFactory(induction=self.induction, body=self.old, officer=self.by.user, starts_on=START)

    def leave(self, last_day=LAST_DAY):
        actions.end_placement(by=self.by, on=TODAY, placement=self.placement, last_day=last_day)

    def release(self, last_day=LAST_DAY, by=None, terms=None, reason="", **more):
        going = Going(last_day, terms, reason)
        return actions.release(by=by or self.by, on=TODAY, induction=self.induction, going=going, **more)

    def ask(self, by=None, trn="", born=None):
        born = born or self.teacher.date_of_birth
        sought = Sought(trn or self.teacher.trn, born, "As we know them", "They start with us in September")
        return actions.ask_release(by=by or self.next, on=TODAY, sought=sought)

    def claim(self, released, by=None, starts_on=date(2026, 7, 18), **more):
        facts = {"acts_as": BodyKind.HUB, "recommended_qts": False, "employs_ect": False}
        facts |= {"officer": self.colleague, "contact": self.contact} | more
        return actions.claim(by=by or self.next, on=TODAY, released=released, claimed=Claimed(starts_on, **facts))

    def served(self, on):
        return timeline(facts_of(self.induction, as_of=on)).served_terms


@pytest.fixture
def move(db):
    return Move()


def goes_to_school(move, since):
    """Another school, from a day on."""
    placed = {"placement__induction": move.induction, "placement__starts_on": since}
    return WorkingPatternFactory(starts_on=since, **placed).placement.school


def refused(act, *given, **more):
    with pytest.raises(RuleBroken) as broken:
        act(*given, **more)
    return broken.value.field


class TestRelease:
    def test_the_terms_are_rounded_half_up_and_the_exact_figure_is_kept(self, move):
        move.leave()
        released = move.release()
        assert recorded() == ("ect_released", "case")
        assert Fraction(released.exact) == move.served(LAST_DAY)
        assert released.terms == released.reckoned == Decimal("3.0")
        move.period.refresh_from_db()
        assert move.period.ends_on == LAST_DAY
        assert (released.school, released.body, released.to) == (move.placement.school, move.old, None)

    def test_r25_another_figure_needs_a_reason(self, move):
        move.leave()
        assert refused(move.release, terms=Decimal("2.5")) == "terms_reason"
        assert refused(move.release, terms=Decimal("16.1"), reason="Because") == "terms"
        released = move.release(terms=Decimal("2.5"), reason=" The first half term was elsewhere ")
        assert (released.terms, released.terms_reason) == (Decimal("2.5"), "The first half term was elsewhere")

    def test_a_reason_for_the_same_figure_is_not_kept(self, move):
        move.leave()
        assert move.release(terms=Decimal(3), reason="None needed").terms_reason == ""

    def test_r86_who_serves_on_is_let_go_only_to_a_body_that_is_named(self, move):
        assert refused(move.release) == "to"
        assert refused(move.release, to=move.old) == "to"
        assert move.release(to=move.new).to == move.new

    @pytest.mark.parametrize("day", [date(2025, 8, 31), date(2027, 7, 7)])
    def test_not_before_the_responsibility_nor_a_slip(self, move, day):
        assert refused(move.release, last_day=day, to=move.new) == "last_day"

    def test_r62_a_completed_induction_is_decided_not_released(self, move):
        ends_on = timeline(facts_of(move.induction, as_of=TODAY)).ends_on
        going = Going(ends_on)
        later = date(ends_on.year, 1, 1)
        with pytest.raises(RuleBroken, match="needs your decision"):
            actions.release(by=move.by, on=later, induction=move.induction, going=going, to=move.new)

    def test_only_the_body_that_is_responsible_and_only_once(self, move):
        move.leave()
        assert refused(move.release, by=move.next) is None
        move.release()
        assert refused(move.release) == "last_day"
        assert Release.objects.count() == 1

    def test_who_is_told(self, move):
        head = MembershipFactory(organisation=move.placement.school, role=Role.HEADTEACHER).user
        move.release(to=move.new)
        told_of = {(m.kind, m.recipient_id) for m in Message.objects.all()}
        assert ("ect_released", head.pk) in told_of
        assert ("release_given", move.next.user.pk) in told_of
        assert ("release_given", move.by.user.pk) not in told_of


class TestPause:
    def test_r84_nothing_is_served_between_two_bodies(self, move):
        released = move.release(last_day=date(2026, 3, 31), to=move.new)
        assert move.served(date(2026, 6, 30)) == Fraction(released.exact)
        move.claim(released, starts_on=TODAY)
        assert move.served(TODAY) > Fraction(released.exact)
        assert move.served(TODAY) < 3

    def test_the_clock_stands_still_and_goes_on(self, move):
        released = move.release(to=move.new)
        move.induction.refresh_from_db()
        assert move.induction.clock.ends_on is None
        before = Fraction(released.exact)
        move.claim(released)
        move.induction.clock.refresh_from_db()
        assert move.induction.clock.ends_on
        assert move.served(LAST_DAY) == before


class TestUndo:
    def test_the_responsibility_goes_on_as_before(self, move):
        released = move.release(to=move.new)
        actions.undo_release(by=move.by, on=TODAY, released=released, reason="The wrong ECT")
        assert recorded() == ("release_undone", "case")
        move.period.refresh_from_db()
        assert move.period.ends_on is None
        assert not Release.objects.get().stands
        assert move.release(to=move.new).stands

    def test_its_reason_and_its_body(self, move):
        released = move.release(to=move.new)
        undo = {"on": TODAY, "released": released}
        assert refused(actions.undo_release, by=move.by, reason=" ", **undo) == "reason"
        assert refused(actions.undo_release, by=move.next, reason="Ours", **undo) is None

    def test_not_once_it_was_claimed_nor_twice(self, move):
        released = move.release(to=move.new)
        undo = {"by": move.by, "on": TODAY, "released": released, "reason": "A mistake"}
        actions.undo_release(**undo)
        assert refused(actions.undo_release, **undo) is None
        again = move.release(to=move.new)
        move.claim(again)
        with pytest.raises(RuleBroken, match="claimed this ECT"):
            actions.undo_release(**undo | {"released": again})

    def test_a_request_that_it_answered_waits_again(self, move):
        asked = move.ask()
        released = move.release(request=asked)
        actions.undo_release(by=move.by, on=TODAY, released=released, reason="Too early")
        asked.refresh_from_db()
        assert (asked.state, asked.release, asked.answered_on) == (State.ASKED, None, None)


class TestAsking:
    def test_the_holder_is_told_and_the_asking_body_gets_the_same_as_for_nobody(self, move):
        MembershipFactory(organisation=move.old, role=Role.BODY_ADMIN)
        known, unknown = move.ask(), move.ask(trn="7654321")
        wrong_day = Move().ask(born=date(1999, 1, 1))
        assert recorded() == ("release_asked", "organisation")
        assert (known.holder, unknown.holder, wrong_day.holder) == (move.old, None, None)
        assert known.state == unknown.state == State.ASKED
        assert known.answer_by == unknown.answer_by == date(2026, 7, 20)
        assert {m.subject_id for m in Message.objects.filter(kind="release_asked")} == {known.pk}
        assert not {"induction_id", "holder_id"} & set(told(last_event())["after"])

    def test_it_opens_nothing(self, move):
        move.ask()
        assert not visible_cases(move.next).exists()

    def test_what_is_the_asking_bodys_own_it_is_told(self, move):
        assert refused(move.ask, by=move.by) == "trn"
        assert refused(move.ask, trn="12") == "trn"
        move.ask()
        assert refused(move.ask) == "trn"

    def test_withdrawn_by_who_asked_while_it_waits(self, move):
        asked = move.ask()
        assert refused(actions.withdraw_request, by=move.by, on=TODAY, request=asked) is None
        actions.withdraw_request(by=move.next, on=TODAY, request=asked)
        assert recorded() == ("release_request_withdrawn", "organisation")
        assert refused(actions.withdraw_request, by=move.next, on=TODAY, request=asked) is None
        assert refused(move.release, request=asked) is None

    def test_refused_with_a_reason(self, move):
        asked = move.ask()
        answer = {"on": TODAY, "request": asked}
        assert refused(actions.refuse_release, by=move.by, reason="", **answer) == "reason"
        assert refused(actions.refuse_release, by=move.next, reason="Ours", **answer) is None
        actions.refuse_release(by=move.by, reason="They stay with us", **answer)
        assert recorded() == ("release_refused", "case")
        asked.refresh_from_db()
        assert (asked.state, asked.answer) == (State.REFUSED, "They stay with us")
        assert Message.objects.filter(kind="release_refused", recipient=move.next.user).exists()
        assert "stay" not in json.dumps(told(last_event()))

    def test_a_release_answers_it(self, move):
        asked = move.ask()
        released = move.release(request=asked)
        asked.refresh_from_db()
        assert (asked.state, asked.release, released.to) == (State.RELEASED, released, move.new)

    def test_an_earlier_release_answers_it_too(self, move):
        move.leave()
        released = move.release()
        asked = move.ask()
        assert asked.holder == move.old
        actions.address_release(by=move.by, on=TODAY, request=asked)
        assert recorded() == ("release_addressed", "case")
        released.refresh_from_db()
        assert released.to == move.new

    def test_an_earlier_release_is_not_given_twice(self, move):
        asked = move.ask()
        assert refused(actions.address_release, by=move.by, on=TODAY, request=asked) is None
        third = viewer(BodyFactory(), Role.BODY_OFFICER, on=TODAY)
        released = move.release(request=asked)
        theirs = move.ask(by=third)
        with pytest.raises(RuleBroken, match="another appropriate body"):
            actions.address_release(by=move.by, on=TODAY, request=theirs)
        move.claim(released)
        with pytest.raises(RuleBroken, match="has claimed"):
            actions.address_release(by=move.by, on=TODAY, request=theirs)


class TestClaim:
    def test_r86_another_body_at_the_same_school(self, move):
        review = ProgressReviewFactory(placement=move.placement, body=move.old)
        released = move.release(to=move.new)
        assert not visible_cases(move.next).exists()
        period = move.claim(released)
        assert [p.body for p in BodyPeriod.objects.order_by("starts_on")] == [move.old, move.new]
        released.refresh_from_db()
        assert released.claim == period
        bundle = RecordBundle.objects.get()
        assert (bundle.body, bundle.to, bundle.grant.to) == (move.old, move.new, move.new)
        listed = json.loads(bundle.content)
        assert [each["subject"] for each in listed["documents"]] == [str(review.pk)]
        assert listed["figures"]["terms_served"] == released.exact
        assert visible_reviews(move.next).get() == review

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"starts_on": LAST_DAY}, "starts_on"),
            ({"recommended_qts": True}, "recommended_qts"),
            ({"acts_as": BodyKind.ISTIP}, "acts_as"),
        ],
    )
    def test_not_overlapping_and_not_in_conflict(self, move, given, field):
        assert refused(move.claim, move.release(to=move.new), **given) == field

    def test_the_contact_stands_apart(self, move):
        released = move.release(to=move.new)
        assert refused(move.claim, released, contact=move.colleague) == "contact"
        assert refused(move.claim, released, contact=move.next.user) == "contact"

    def test_who_left_is_claimed_by_their_new_schools_registration(self, move):
        move.leave()
        released = move.release(to=move.new)
        with pytest.raises(RuleBroken, match="confirm that registration"):
            move.claim(released, starts_on=NEXT)

    def test_r85_a_registration_elsewhere_claims_a_release_to_nobody(self, move):
        move.leave()
        move.release()
        goes_to_school(move, NEXT)
        people = {"officer": move.colleague, "contact": move.contact}
        period = actions.accept(
            by=move.next, on=TODAY, induction=move.induction, body=move.new, starts_on=NEXT, **people
        )
        assert Release.objects.get().claim == period
        assert HandoverGrant.objects.get(given_by=move.old, to=move.new)

    def test_only_by_the_body_that_it_names_and_only_once(self, move):
        released = move.release(to=move.new)
        assert refused(move.claim, released, by=move.by) is None
        move.claim(released)
        assert refused(move.claim, released) is None

    def test_the_old_body_keeps_the_case_as_at_its_last_day(self, move):
        move.claim(move.release(to=move.new))
        later = viewer(move.old, Role.BODY_OFFICER, on=NEXT)
        assert visible_cases(later).get().until == LAST_DAY


class TestReceipt:
    def test_acknowledged_once_by_who_received_it(self, move):
        move.claim(move.release(last_day=GONE, to=move.new), starts_on=TODAY)
        bundle = RecordBundle.objects.get()
        assert refused(actions.acknowledge_record, by=move.by, on=TODAY, bundle=bundle) is None
        actions.acknowledge_record(by=move.next, on=TODAY, bundle=bundle, missing="The first review")
        assert recorded() == ("record_received", "case")
        assert refused(actions.acknowledge_record, by=move.next, on=TODAY, bundle=bundle) is None
        assert Message.objects.filter(kind="record_received", recipient=move.by.user).exists()

    def test_once_it_is_whole_and_as_it_is_then(self, move):
        move.claim(move.release(to=move.new))
        bundle = RecordBundle.objects.get()
        with pytest.raises(RuleBroken, match="complete after 17 July 2026"):
            actions.acknowledge_record(by=move.next, on=TODAY, bundle=bundle)
        late = ProgressReviewFactory(placement=move.placement, body=move.old)
        actions.acknowledge_record(by=move.next, on=date(2026, 7, 18), bundle=bundle)
        before, bundle = bundle.sha256, RecordBundle.objects.get()
        assert [each["subject"] for each in json.loads(bundle.content)["documents"]] == [str(late.pk)]
        assert bundle.sha256 == hashlib.sha256(bundle.content.encode()).hexdigest() != before
        assert told(last_event())["after"]["sha256"] == bundle.sha256

    def test_handed_on_to_the_new_school(self, move):
        move.leave(GONE)
        move.release(last_day=GONE)
        review = ProgressReviewFactory(placement=move.placement, body=move.old)
        school = goes_to_school(move, TODAY)
        people = {"officer": move.colleague, "contact": move.contact}
        actions.accept(by=move.next, on=TODAY, induction=move.induction, body=move.new, starts_on=TODAY, **people)
        bundle, on = RecordBundle.objects.get(), TODAY
        head = viewer(school, Role.HEADTEACHER, on=on)
        assert not visible_reviews(head).exists()
        actions.acknowledge_record(by=move.next, on=on, bundle=bundle, to_school=True)
        assert visible_reviews(head).get() == review

    def test_the_school_that_has_them_gets_nothing_again(self, move):
        move.claim(move.release(last_day=GONE, to=move.new), starts_on=TODAY)
        bundle = RecordBundle.objects.get()
        given = {"by": move.next, "on": TODAY, "bundle": bundle, "to_school": True}
        assert refused(actions.acknowledge_record, **given) == "to_school"


class TestReport:
    def test_r88_the_national_service_was_told(self, move):
        released = move.release(to=move.new)
        given = {"by": move.by, "on": TODAY, "released": released}
        assert refused(actions.report_leaver, done_on=date(2026, 7, 7), **given) == "done_on"
        assert refused(actions.report_leaver, done_on=date(2026, 7, 5), **given) == "done_on"
        actions.report_leaver(done_on=TODAY, **given)
        assert recorded() == ("leaver_reported", "case")
        assert refused(actions.report_leaver, done_on=TODAY, **given) == "done_on"
        assert refused(actions.report_leaver, done_on=TODAY, **given | {"by": move.next}) is None


def at_once(*acts):
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait(10)
            with transaction.atomic():
                act()
        except RuleBroken:
            return "told"
        except IntegrityError:
            return "refused by the database"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_bodies_claim_and_one_has_the_ect(self):
        """One was named by the release, the other confirms a registration: never both."""
        move = Move()
        released = move.release(to=move.new)
        third = viewer(BodyFactory(), Role.BODY_OFFICER, on=TODAY)
        officer = MembershipFactory(organisation=third.organisation, role=Role.BODY_OFFICER).user
        given = {"on": TODAY, "induction": move.induction, "starts_on": date(2026, 7, 18)}
        results = at_once(
            lambda: move.claim(released),
            lambda: actions.accept(by=third, body=third.organisation, officer=officer, **given),
        )
        assert results == ["done", "told"]
        assert BodyPeriod.objects.filter(ends_on=None).count() == 1
        assert RecordBundle.objects.count() == 1

    def test_a_claim_and_taking_the_release_back_never_pass_each_other(self):
        move = Move()
        released = move.release(to=move.new)
        undo = {"by": move.by, "on": TODAY, "released": released, "reason": "A mistake"}
        assert at_once(lambda: move.claim(released), lambda: actions.undo_release(**undo)) == ["done", "told"]
        assert BodyPeriod.objects.filter(ends_on=None).count() == 1

    def test_two_officers_release_once(self):
        move = Move()
        assert at_once(*[lambda: move.release(to=move.new)] * 2) == ["done", "told"]
        assert Release.objects.count() == 1
