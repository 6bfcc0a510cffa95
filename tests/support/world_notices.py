"""Notices of the first decision in the world, Northern's to extend an induction at Oakfield: the ECT was told by mail,
the headteacher by post, the employer's letter has still to be posted, and the Agency has still to be told.
"""

from datetime import timedelta

from assessments import actions
from assessments.models import Decision, Notice
from assessments.outcome.tell_notices import MAILER
from cases.rules.notices import Told
from tests.support.world import Noticed, World
from tests.support.world_people import People

CASE = "ended"


def give_notice(world: World, people: People) -> None:
    """Everything."""
    admin = people.acting("body_admin@north")
    texts = {"extend_closing": "Northern wishes you well, {ect}."}
    actions.set_wording(by=admin, on=world.today, starts_on=world.today + timedelta(days=3), texts=texts)
    decision = Decision.objects.get(pk=world.decisions[CASE].id)
    on = decision.made_on
    given = {"by": people.acting("body_officer@north", on), "on": on}
    [ect] = actions.email_notices(decision=decision, to=[Told.ECT], addresses={}, **given)
    letter = actions.issue_notice(by=MAILER, on=on, notice_id=ect.pk)
    actions.notice_went_out(by=MAILER, on=on, notice_id=ect.pk, attached=letter.stored_id)
    head = actions.prepare_letter(decision=decision, to=Told.HEADTEACHER, address="Oakfield, Example", **given)
    actions.record_posting(notice=head, posted_on=on, **given)
    employer = actions.prepare_letter(decision=decision, to=Told.EMPLOYER, address="1 High Street, Example", **given)
    _know(world, ect, "ect@ended")
    _know(world, head, "headteacher@oak")
    _know(world, employer, "")


def _know(world: World, row: Notice, reader: str) -> None:
    key = f"{CASE}_{row.to}"
    world.decision_notices[key] = Noticed(key, row.pk, CASE, "oak", "north", reader=reader)
