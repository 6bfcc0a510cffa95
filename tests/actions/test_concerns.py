"""A concern is raised, proposed, declined, passed on; and what an ECT writes in confidence stays so (R69, R79, R81)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cases.models import BodyPeriod
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from support_plans import access, actions
from support_plans.actions import Finding
from support_plans.guests import guests_of
from support_plans.models import Concern, OwnConcern, Proposal
from tests.factories import viewer
from tests.support.supporting import ON, TOLD, bench

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=7)


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def who(case, *roles):
    return {case.by[role].user.pk for role in roles}


class TestRaising:
    def test_the_body_is_told_at_once_and_the_ect_always(self):
        case = bench()
        concern = case.concern()
        assert (concern.audience, concern.raised_as, concern.standards) == ("case", "mentor", ["TS7"])
        roles = (Role.ECT, Role.INDUCTION_TUTOR, Role.HEADTEACHER, Role.BODY_OFFICER)
        assert told("concern_raised") == who(case, *roles)

    @pytest.mark.parametrize("field", ["standards", "seen", "tried"])
    def test_says_which_standards_what_was_seen_and_tried(self, field):
        empty = () if field == "standards" else " "
        with pytest.raises(RuleBroken) as broken:
            bench().concern(told=replace(TOLD, **{field: empty}))
        assert broken.value.field == field

    def test_only_by_those_who_support_the_ect(self):
        case = bench()
        with pytest.raises(RuleBroken, match="Only the mentor"):
            case.concern(case.school_admin)

    def test_through_the_trust_where_the_school_says_so(self):
        case = bench()
        case.through_trust()
        concern = case.concern()
        assert concern.waits_for_trust
        assert case.body_officer.user.pk not in told("concern_raised")
        assert told("concern_for_trust") == who(case, Role.TRUST_OFFICER)
        assert not access.readable(case.body_officer, Concern.objects.all())
        assert access.readable(case.trust_officer, Concern.objects.all()).get() == concern
        passed = actions.pass_on(by=case.trust_officer, on=LATER, concern=concern)
        assert (passed.audience, passed.passed_on) == ("passed_on", LATER)
        assert case.body_officer.user.pk in told("concern_passed_on")
        assert access.readable(case.body_officer, Concern.objects.all()).get() == concern
        with pytest.raises(RuleBroken, match="has been told"):
            actions.pass_on(by=case.trust_officer, on=LATER, concern=concern)

    def test_the_ect_sees_that_the_trusts_officer_may_read_it(self):
        case = bench()
        found = [guest.name for guest in guests_of(case.induction, case.ect)]
        assert found == []
        case.through_trust()
        case.concern()
        (guest,) = guests_of(case.induction, case.ect)
        assert (guest.name, guest.sees) == (case.trust_officer.user.name, "That concern alone")

    def test_another_trust_knows_of_nothing(self):
        case, other = bench(), bench()
        case.through_trust()
        case.concern()
        assert not access.readable(other.trust_officer, Concern.objects.all())

    def test_stands_as_it_was_written(self):
        concern = bench().concern()
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            Concern.objects.filter(pk=concern.pk).update(seen="Something else")


class TestProposing:
    def propose(self, case, *standards, on_track=True, source=None):
        finding = Finding(source or uuid4(), "Progress review 1", "/reviews/1/", standards, on_track)
        period = BodyPeriod.objects.get(induction=case.induction)
        given = {"by": case.induction_tutor, "on": ON, "placement": case.placement, "body_id": period.body_id}
        return actions.propose(**given, finding=finding)

    def test_a_low_rating_or_not_on_track_proposes_a_concern(self):
        case = bench()
        assert self.propose(case) is None
        low = self.propose(case, Standard.TS7)
        off = self.propose(case, on_track=False)
        assert [(p.standards, p.on_track, p.answer) for p in (low, off)] == [
            (["TS7"], True, "open"), ([], False, "open"),
        ]  # fmt: skip

    def test_it_is_no_mentors_affair(self):
        case = bench()
        self.propose(case, Standard.TS7)
        assert not access.readable(case.mentor, Proposal.objects.all())
        for role in (Role.ECT, Role.INDUCTION_TUTOR, Role.HEADTEACHER, Role.BODY_OFFICER):
            assert access.readable(case.by[role], Proposal.objects.all()).count() == 1

    def test_is_declined_with_a_reason(self):
        case = bench()
        row = self.propose(case, Standard.TS7)
        given = {"by": case.induction_tutor, "on": LATER, "proposal": row}
        with pytest.raises(RuleBroken, match="why"):
            actions.decline_proposal(**given, reason=" ")
        assert actions.decline_proposal(**given, reason="It was one lesson").answer == "declined"
        with pytest.raises(RuleBroken, match="answered"):
            case.concern(case.induction_tutor, proposal=row)

    def test_a_concern_answers_it(self):
        case = bench()
        row = self.propose(case, Standard.TS7)
        concern = case.concern(case.induction_tutor, proposal=row)
        row.refresh_from_db()
        assert (row.answer, row.concern) == ("raised", concern)

    def test_a_corrected_report_changes_or_withdraws_it(self):
        case, source = bench(), uuid4()
        self.propose(case, Standard.TS7, source=source)
        assert self.propose(case, Standard.TS1, source=source).standards == ["TS1"]
        assert self.propose(case, source=source).answer == "withdrawn"
        assert self.propose(case, on_track=False, source=source).answer == "open"
        assert Proposal.objects.count() == 1


class TestOwnConcern:
    def test_in_confidence_is_for_the_named_contact_alone(self):
        case = bench()
        concern = case.own(in_confidence=True)
        assert told("own_concern_raised") == who(case, Role.BODY_CONTACT)
        readers = {role for role, by in case.by.items() if access.readable(by, OwnConcern.objects.all()).exists()}
        assert readers == {Role.ECT, Role.BODY_CONTACT}
        assert access.hidden_from(case.headteacher, case.induction) == {concern.pk}
        assert access.hidden_from(case.ect, case.induction) == set()

    def test_another_contact_of_the_body_does_not_read_it(self):
        case = bench()
        case.own(in_confidence=True)
        colleague = viewer(case.body_contact.organisation, Role.BODY_CONTACT, on=ON)
        assert not access.readable(colleague, OwnConcern.objects.all())

    def test_but_every_contact_does_where_the_one_named_has_gone(self):
        case = bench()
        contact, colleague = case.body_contact, viewer(case.body_contact.organisation, Role.BODY_CONTACT, on=ON)
        contact.user.memberships.update(ends_on=ON - timedelta(days=1))
        concern = case.own(in_confidence=True)
        assert told("own_concern_raised") == {colleague.user.pk}
        assert access.readable(colleague, OwnConcern.objects.all()).get() == concern

    def test_the_school_reads_it_once_the_ect_agrees_and_not_before(self):
        case = bench()
        concern = case.own(in_confidence=True)
        answer = {"by": case.body_contact, "on": LATER, "concern": concern, "text": "I will ask", "version": 1}
        actions.answer_own_concern(**answer)
        assert told("own_concern_answered") == who(case, Role.ECT)
        shared = actions.share_with_school(by=case.ect, on=LATER, concern=concern, version=2)
        assert shared.audience == "shared"
        assert told("own_concern_shared") == who(case, Role.INDUCTION_TUTOR, Role.HEADTEACHER)
        assert access.readable(case.headteacher, OwnConcern.objects.all()).get() == concern
        assert not access.readable(case.mentor, OwnConcern.objects.all())
        assert not access.readable(case.body_officer, OwnConcern.objects.all())

    def test_with_the_school_first_then_the_body(self):
        case = bench()
        concern = case.own(in_confidence=False)
        assert told("own_concern_raised") == who(case, Role.INDUCTION_TUTOR, Role.HEADTEACHER)
        assert not access.readable(case.body_contact, OwnConcern.objects.all())
        answer = {"by": case.induction_tutor, "on": LATER, "concern": concern, "text": "Wait", "version": 1}
        actions.answer_own_concern(**answer)
        taken = actions.take_to_body(by=case.ect, on=LATER, concern=concern, text="Nothing changed", version=2)
        assert (taken.status, taken.audience) == ("with_body", "shared")
        assert access.readable(case.body_contact, OwnConcern.objects.all()).get() == concern
        with pytest.raises(RuleBroken, match="does not wait for your answer"):
            actions.answer_own_concern(**answer | {"version": 3})

    def test_by_way_of_the_trust_where_the_school_says_so(self):
        case = bench()
        concern = case.own(in_confidence=False)
        step = {"by": case.ect, "on": ON, "concern": concern, "text": "Nothing changed", "version": 1}
        with pytest.raises(RuleBroken, match="no such step"):
            actions.take_to_trust(**step)
        case.through_trust()
        actions.take_to_trust(**step)
        assert case.trust_officer.user.pk in told("own_concern_raised")
        answer = {"by": case.trust_officer, "on": LATER, "concern": concern, "text": "I have asked", "version": 2}
        actions.answer_own_concern(**answer)
        assert actions.take_to_body(**step | {"version": 3}).audience == "every_step"

    def test_the_direct_way_is_never_blocked(self):
        case = bench()
        case.through_trust()
        assert case.own(in_confidence=True).audience == "contact"

    def test_only_the_ect_widens_who_reads_it(self):
        case = bench()
        concern = case.own(in_confidence=True)
        with pytest.raises(RuleBroken, match="Only the ECT"):
            actions.share_with_school(by=case.body_contact, on=LATER, concern=concern, version=1)
        actions.close_own_concern(by=case.ect, on=LATER, concern=concern, version=1)
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            OwnConcern.objects.filter(pk=concern.pk).update(audience="school")

    def test_of_two_answers_the_second_is_told(self):
        case = bench()
        concern = case.own(in_confidence=False)
        answer = {"on": LATER, "concern": concern, "text": "I will see to it", "version": 1}
        actions.answer_own_concern(by=case.induction_tutor, **answer)
        with pytest.raises(RuleBroken, match="moved on"):
            actions.answer_own_concern(by=case.headteacher, **answer)
