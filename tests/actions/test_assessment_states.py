"""Every state of an assessment against everything that may be done with it: what the table refuses is refused.

The rows are made without the actions, as complete as each state asks for, so that nothing but the table stands in the
way.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from assessments import actions
from assessments.models import Assessment
from cases.rules.errors import RuleBroken
from cases.rules.signing import ORDER
from cases.rules.statuses import AssessmentStatus
from cases.rules.transitions import moves_from
from tests.factories import (
    AssessmentCommentFactory,
    AssessmentFactory,
    AssessmentVersionFactory,
    SignatureFactory,
    VersionReadFactory,
)
from tests.support.assessing import REPORT, TODAY, Cast, cast

pytestmark = pytest.mark.django_db
S = AssessmentStatus
ANSWERED = {S.SIGNED, S.SENT, S.ACCEPTED, S.RETURNED}


def _sign(case: Cast, row: Assessment, act: Callable, **options) -> None:
    role = row.turn or "ect"
    act(by=case.who(role), on=TODAY, assessment=row, version=1, role=role, **options)


# What may be done, and the status that it leads to where the table lets it.
ACTS: dict[str, tuple[Callable[[Cast, Assessment], object], AssessmentStatus]] = {
    "send again": (
        lambda case, row: actions.send_again(
            by=case.tutor, on=TODAY, assessment=row, version=1, report=replace(REPORT, strengths="Others")
        ),
        S.COMMENTING,
    ),
    "take back": (
        lambda case, row: actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=row, version=1),
        S.DRAFT,
    ),
    "comment": (
        lambda case, row: actions.comment_on_assessment(by=case.ect, on=TODAY, assessment=row, version=1, text=None),
        S.SIGNING,
    ),
    "sign": (lambda case, row: _sign(case, row, actions.sign), S.SIGNED),
    "refuse": (lambda case, row: _sign(case, row, actions.refuse_to_sign, reason="It is unfair"), S.SIGNED),
    "send": (lambda case, row: actions.send_to_body(by=case.tutor, on=TODAY, assessment=row, version=1), S.SENT),
    "accept": (
        lambda case, row: actions.accept_assessment(by=case.officer, on=TODAY, assessment=row, version=1),
        S.ACCEPTED,
    ),
    "return": (
        lambda case, row: actions.return_assessment(
            by=case.officer, on=TODAY, assessment=row, version=1, comments="Name the school"
        ),
        S.RETURNED,
    ),
}
# A returned report is a draft again as soon as its next version is sealed.
THROUGH = {(S.RETURNED, "send again")}


def allowed(status: AssessmentStatus, act: str) -> bool:
    """What the state table says of an act in a status."""
    return (status, act) in THROUGH or ACTS[act][1] in moves_from(status)


def in_state(case: Cast, status: AssessmentStatus) -> Assessment:
    """A report in a status, with all that goes before it; one that is being signed waits for the ECT alone."""
    row = AssessmentFactory(
        placement=case.placement, status=status, written_by=case.tutor.user, held_on=REPORT.held_on,
        turn={S.COMMENTING: "ect", S.SIGNING: "ect"}.get(status, ""),
    )  # fmt: skip
    version = AssessmentVersionFactory(assessment=row)
    if status is S.SIGNING or status in ANSWERED:
        AssessmentCommentFactory(version=version, by=case.ect.user)
        for role in ORDER:
            if role != "ect" or status in ANSWERED:
                SignatureFactory(version=version, role=role, by=case.who(role).user)
    VersionReadFactory(version=version, by=case.ect.user)
    return row


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", S)
def test_what_the_table_refuses_is_refused_in_words_and_changes_nothing(status, act):
    case = cast()
    row = in_state(case, status)
    do, to = ACTS[act]
    if allowed(status, act):
        do(case, row)
        assert Assessment.objects.get(pk=row.pk).state is to
        return
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        do(case, row)
    assert f"“{status.label}” cannot become “{to.label}”" in broken.value.message
    assert Assessment.objects.get(pk=row.pk).state is status


def test_every_move_of_the_table_is_made_by_something():
    made = {(status, ACTS[act][1]) for status in S for act in ACTS if allowed(status, act)}
    made.add((S.DRAFT, S.COMMENTING))  # by the first version
    wanted = {(status, to) for status in S for to in moves_from(status)}
    assert made >= wanted
