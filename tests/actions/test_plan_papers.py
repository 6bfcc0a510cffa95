"""A plan is sealed when it starts and when it ends, signed by tutor and ECT, put right, and issued once (R76, R79)."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from cases.actions.versions import ChangedMeanwhile
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.plans import Ending
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import bytes_of
from notifications.models import Message
from support_plans import actions
from support_plans.models import Plan, PlanMeeting, PlanSignature, PlanVersion
from support_plans.papers import document
from support_plans.papers.standing import answers_of, latest_version
from support_plans.papers.waiting import signing_of
from support_plans.rendering import RENDERER, render_missing_plans
from tests.support.pdfs import assert_accessible
from tests.support.planning import WEEK, finish, start
from tests.support.supporting import ON, bench

L1, L2, L3, L4 = list(SupportLevel)[1:5]
ENDED = ON + 4 * WEEK
WORDS = "The lessons that were seen were not my usual ones"


def ended(case, level=L2, progress=Progress.SOME):
    """A plan from its beginning to its end, at the first level or the one after another."""
    if level is L3:
        case.move(L2)
    by = case.mentor if level is L1 else None
    return finish(case, start(case, case.move(level, by)), progress)


def opened(case, plan, *roles):
    for role in roles:
        actions.open_plan_version(by=case.by[role], on=ENDED, version=latest_version(plan))


def sign(case, plan, role=Role.INDUCTION_TUTOR, *, version=None, by=None):
    version = version or latest_version(plan).number
    return actions.sign_plan(by=by or case.by[role], on=ENDED, plan=plan, version=version)


def decline(case, plan, words=WORDS, role=Role.ECT):
    given = {"on": ENDED, "plan": plan, "version": latest_version(plan).number}
    return actions.decline_plan(by=case.by[role], words=words, **given)


def signed_by_both(case, plan):
    opened(case, plan, Role.INDUCTION_TUTOR, Role.ECT)
    sign(case, plan)
    decline(case, plan)
    return plan


def correct(case, plan, *, by=None, correction="The answer was wrong", version=None, on=ENDED, **given):
    found = Plan.objects.get(pk=plan.pk)
    told = {"evaluation": found.evaluation, "progress": found.found, "next_objectives": found.next_objectives,
            "ended_on": found.ended_on, "early_reason": found.early_reason}  # fmt: skip
    ending = Ending(**told | given)
    version = found.version if version is None else version
    by = by or case.induction_tutor
    return actions.correct_plan(by=by, on=on, plan=plan, ending=ending, correction=correction, version=version)


def told_of(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


@pytest.mark.django_db
class TestSealing:
    def test_seals_a_plan_as_it_starts_and_as_it_ends(self):
        case = bench()
        plan = ended(case)
        first, last = PlanVersion.objects.filter(plan=plan)
        assert (first.stage, first.number, last.stage, last.number) == ("started", 1, "finished", 2)
        assert all(sha256(each.content.encode()).hexdigest() == each.sha256 for each in (first, last))
        began, told = json.loads(first.content), json.loads(last.content)
        assert (began["evaluation"], began["on_track"]) == ("", None)
        assert (told["evaluation"], told["on_track"], told["ended_on"]) == ("Starts are calmer", False, "2026-11-29")
        assert [week["evaluation"]["text"] for week in told["by_week"]][:1] == ["Progress in week 1"]

    @pytest.mark.parametrize("level", [L1, L2, L3])
    def test_asks_tutor_and_ect_to_sign_at_every_level(self, level):
        case = bench()
        ended(case, level)
        who = {case.by[role].user.pk for role in (Role.INDUCTION_TUTOR, Role.ECT)}
        by = {case.mentor.user.pk} if level is L1 else {case.induction_tutor.user.pk}
        assert told_of("plan_to_sign") == who - by
        assert told_of("plan_finished") >= {case.headteacher.user.pk, case.body_officer.user.pk}
        assert case.ect.user.pk not in told_of("plan_finished")  # once is enough

    def test_holds_the_meeting_that_led_to_level_4_and_those_while_it_was_open(self):
        case = bench()
        before = case.climb(L2, L3)
        held = {"placement": case.placement, "school": case.placement.school, "body": case.body_officer.organisation,
                "induction": case.induction, "audience": "case", "settled_on": ON,
                "recorded_by": case.headteacher.user, "recorded_as": "headteacher",
                "present": ["ect"], "names": ["An ECT"], "outline": "What was seen", "outcome": "A plan"}  # fmt: skip
        PlanMeeting.objects.create(level=before, number=1, about="4", on=ON, **held)
        PlanMeeting.objects.create(level=before, number=2, about="3", on=ON, **held | {"outline": "Of Level 3"})
        plan = start(case, case.move(L4, found=Progress.NONE))
        PlanMeeting.objects.create(level=plan.level, number=3, about="4", on=ON, **held | {"outline": "On the way"})
        told = json.loads(latest_version(finish(case, plan)).content)["meetings"]
        assert [row["outline"] for row in told] == ["What was seen", "On the way"]
        assert told[0]["people"] == "An ECT (Early career teacher)"
        assert {"missing"}.isdisjoint(told[0])

    @pytest.mark.parametrize("change", [{"content": "{}"}, {"sha256": "b" * 64}, {"correction": "x"}])
    def test_the_database_refuses_to_change_what_was_sealed(self, change):
        version = latest_version(ended(bench()))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            PlanVersion.objects.filter(pk=version.pk).update(**change)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            version.delete()


@pytest.mark.django_db
class TestSigning:
    def test_a_signature_before_the_evaluation_is_refused_naming_the_rule(self):
        case = bench()
        plan = start(case, case.move(L2))
        opened(case, plan, Role.ECT)
        with pytest.raises(
            RuleBroken, match="signed once progress is evaluated and it says whether the ECT is on track"
        ):
            sign(case, plan, Role.ECT)

    def test_nobody_signs_what_they_have_not_opened(self):
        case = bench()
        plan = ended(case)
        with pytest.raises(RuleBroken, match="Open and read"):
            sign(case, plan)

    def test_either_signs_first_and_each_once_and_it_binds_the_version(self):
        case = bench()
        plan = ended(case)
        opened(case, plan, Role.ECT, Role.INDUCTION_TUTOR)
        answer = sign(case, plan, Role.ECT)
        assert (answer.role, answer.sha256) == ("ect", latest_version(plan).sha256)
        with pytest.raises(RuleBroken, match="answered as the ECT already"):
            sign(case, plan, Role.ECT)
        sign(case, plan)
        assert set(answers_of(latest_version(plan))) == {"ect", "induction_tutor"}

    def test_an_induction_lead_signs_as_the_tutor(self):
        case = bench()
        plan = ended(case)
        opened(case, plan, Role.INDUCTION_LEAD)
        assert sign(case, plan, Role.INDUCTION_LEAD).role == "induction_tutor"

    @pytest.mark.parametrize("role", [Role.MENTOR, Role.HEADTEACHER, Role.BODY_OFFICER])
    def test_nobody_else_signs(self, role):
        case = bench()
        plan = ended(case, L1)
        opened(case, plan, role)
        with pytest.raises(RuleBroken, match="Only the induction tutor and the ECT"):
            sign(case, plan, role)

    def test_another_schools_tutor_does_not_sign(self):
        case, other = bench(), bench()
        plan = ended(case)
        actions.open_plan_version(by=other.induction_tutor, on=ENDED, version=latest_version(plan))
        with pytest.raises(RuleBroken, match="Only the induction tutor and the ECT"):
            sign(case, plan, by=other.induction_tutor)

    def test_the_ect_declines_in_their_own_words_which_are_kept_and_told_to_the_school(self):
        case = bench()
        plan = ended(case)
        opened(case, plan, Role.ECT)
        with pytest.raises(RuleBroken, match="in your own words") as broken:
            decline(case, plan, " ")
        assert broken.value.field == "words"
        assert decline(case, plan).words == WORDS
        roles = (Role.INDUCTION_TUTOR, Role.MENTOR, Role.HEADTEACHER)
        assert told_of("plan_signature_answered") == {case.by[role].user.pk for role in roles}
        assert WORDS not in "".join(AuditEvent.objects.values_list("payload__content", flat=True))

    def test_a_tutor_corrects_and_does_not_decline(self):
        case = bench()
        plan = ended(case)
        opened(case, plan, Role.INDUCTION_TUTOR)
        with pytest.raises(RuleBroken, match="Only the ECT can decline"):
            decline(case, plan, role=Role.INDUCTION_TUTOR)

    def test_a_signature_that_is_missing_holds_up_nothing_and_still_waits(self):
        case = bench()
        plan = ended(case)
        case.move(L3, found=Progress.SOME, on=ENDED)
        plan.refresh_from_db()
        assert plan.status == "closed"
        opened(case, plan, Role.INDUCTION_TUTOR)
        sign(case, plan)
        waits = signing_of(case.induction_tutor).waits
        assert [(task.says, task.state) for task in waits] == [
            ("The ECT’s signature under a support plan", "Level 2: Support plan 1")
        ]
        assert [task.says for task in signing_of(case.ect).tasks] == [
            "Read a support plan that has ended, and sign it or say why not"
        ]
        opened(case, plan, Role.ECT)
        sign(case, plan, Role.ECT)
        assert not signing_of(case.ect).tasks
        assert not signing_of(case.induction_tutor).waits

    def test_what_was_answered_is_never_changed(self):
        case = bench()
        plan = ended(case)
        opened(case, plan, Role.ECT)
        decline(case, plan)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            PlanSignature.objects.update(words="Something else")


@pytest.mark.django_db
class TestCorrecting:
    def test_seals_a_new_version_that_is_signed_anew(self):
        case = bench()
        plan = signed_by_both(case, ended(case))
        version = correct(case, plan, evaluation="Starts are calm")
        assert (version.number, version.correction) == (3, "The answer was wrong")
        assert json.loads(version.content)["evaluation"] == "Starts are calm"
        assert not answers_of(version)
        assert Message.objects.filter(kind="plan_to_sign", recipient=case.ect.user).count() == 2
        assert told_of("plan_corrected") >= {case.mentor.user.pk, case.headteacher.user.pk, case.body_officer.user.pk}
        with pytest.raises(RuleBroken, match="new version since"):
            sign(case, plan, version=2)
        with pytest.raises(RuleBroken, match="Open and read"):
            sign(case, plan)

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"evaluation": "x", "correction": " "}, "what was wrong"),
            ({}, "Nothing is different"),
            ({"evaluation": ""}, "evaluation of progress"),
            ({"evaluation": "x", "next_objectives": ""}, "next objectives"),
        ],
    )
    def test_is_refused_in_words(self, given, says):
        case = bench()
        plan = ended(case)
        with pytest.raises(RuleBroken, match=says):
            correct(case, plan, **given)

    def test_only_until_somebody_has_decided_what_comes_next(self):
        case = bench()
        plan = ended(case)
        case.move(L3, found=Progress.SOME, on=ENDED)
        with pytest.raises(RuleBroken, match="moved on since"):
            correct(case, plan, evaluation="x")

    def test_a_plan_that_goes_on_is_changed_instead(self):
        case = bench()
        plan = start(case, case.move(L2))
        with pytest.raises(RuleBroken, match="change one that goes on"):
            correct(case, plan, evaluation="x", progress=Progress.SOME)

    def test_is_the_owners_of_the_level(self):
        case = bench()
        with pytest.raises(RuleBroken, match="not yours"):
            correct(case, ended(case), by=case.mentor, evaluation="x")

    def test_whoever_is_second_is_told(self):
        case = bench()
        plan = ended(case)
        version = Plan.objects.get(pk=plan.pk).version
        correct(case, plan, evaluation="x")
        with pytest.raises(ChangedMeanwhile):
            correct(case, plan, evaluation="y", version=version)


@pytest.mark.django_db
class TestDocument:
    def test_is_issued_once_both_have_answered_and_kept(self):
        case = bench()
        plan = ended(case)
        with pytest.raises(RuleBroken, match="have answered"):
            actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk)
        signed_by_both(case, plan)
        assert list(document.without_document()) == [plan.pk]
        made = actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk)
        assert actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk) == made
        assert not list(document.without_document())
        version = latest_version(plan)
        assert (made.kind, made.version, made.fingerprint) == ("support_plan", 2, version.sha256)
        reader = assert_accessible(bytes_of(made), title="Level 2 – Support Plan 1")
        words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        signer = case.induction_tutor.user.name
        for text in (f"Signed: {signer}, 30 November 2026", WORDS, "☐ Yes ☑ No", "TS7", version.sha256[:16],
                     "Autumn term 2026/27", "2 November 2026 to 29 November 2026 (4 weeks)"):  # fmt: skip
            assert text in words, text
        assert "preview" not in words

    def test_of_a_corrected_plan_says_so_and_the_first_is_kept(self):
        case = bench()
        plan = signed_by_both(case, ended(case))
        first = bytes_of(actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk))
        correct(case, plan, evaluation="Starts are calm")
        with pytest.raises(RuleBroken):
            actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk)
        signed_by_both(case, plan)
        made = actions.issue_plan(by=RENDERER, on=ENDED, plan_id=plan.pk)
        assert_accessible(bytes_of(made), title="Level 2 – Support Plan 1, corrected once")
        assert bytes_of(IssuedDocument.objects.get(subject_id=plan.pk, version=2)) == first

    def test_of_what_was_not_signed_there_is_a_preview_that_says_so(self):
        case = bench()
        plan = start(case, case.move(L2))
        going_on = document.preview(plan, latest_version(plan), ON)
        plan = finish(case, plan)
        over = document.preview(plan, latest_version(plan), ENDED)
        for made, day in ((going_on, "2 November 2026"), (over, "30 November 2026")):
            words = " ".join(assert_accessible(made, title="Level 2 – Support Plan 1").pages[0].extract_text().split())
            assert f"Not signed by all: a preview of {day}, not the record" in words
        assert not IssuedDocument.objects.exists()

    def test_the_sweep_asks_for_what_is_missing(self):
        case = bench()
        signed_by_both(case, ended(case))
        assert render_missing_plans() == 1


@pytest.mark.django_db(transaction=True)
def test_of_one_ect_who_signs_and_declines_at_once_one_answer_stands():
    """Two windows, one ECT: the second answer reads that the first was given."""
    case = bench()
    plan = ended(case)
    opened(case, plan, Role.ECT)
    barrier = Barrier(2)

    def one(answer):
        try:
            barrier.wait(10)
            with transaction.atomic():
                answer(case, plan)
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return "done"

    answers = [lambda case, plan: sign(case, plan, Role.ECT), decline]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, answers)) == ["This has been answered as the ECT already", "done"]
    assert PlanSignature.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_signature_and_a_correction_at_once_leave_no_signature_under_what_was_not_read():
    case = bench()
    plan = ended(case)
    opened(case, plan, Role.ECT)
    barrier, version = Barrier(2), Plan.objects.get(pk=plan.pk).version

    def one(act):
        try:
            barrier.wait(10)
            with transaction.atomic():
                act()
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return "done"

    acts = [lambda: sign(case, plan, Role.ECT, version=2), lambda: correct(case, plan, evaluation="x", version=version)]
    with ThreadPoolExecutor(2) as pool:
        signed, corrected = pool.map(one, acts)
    assert corrected == "done"
    assert signed in ("done", "This plan has a new version since you opened the page: read that one first")
    assert not answers_of(latest_version(plan))
