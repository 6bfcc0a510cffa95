"""Concerns and levels of support in the world; every text of theirs is a canary.

One ECT of Oakfield is at Level 3, to which they climbed from Level 1; the appropriate body has agreed to a move that
the school may not make alone. They wrote to the named contact in confidence, who has answered, and to their school. At
Elmbridge a concern waits for the trust, and the ECT took one of their own there. Reviews proposed concerns themselves.
"""

from cases.access import case
from cases.models import Induction
from cases.rules.escalation import Progress
from cases.rules.plans import ObjectiveRow, Written
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions import Told, Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import LevelChange, OwnConcern, Proposal, SupportRecord
from tests.support.world import SCHOOLS, Canary, Supported, World
from tests.support.world_people import People

SCHOOL = frozenset({"ect", "induction_tutor", "induction_lead", "headteacher"})
BODY = frozenset({"body_officer", "body_admin"})
CASE = SCHOOL | BODY | {"mentor"}
ASSESSED = SCHOOL | BODY
WITH_TRUST = SCHOOL | {"mentor", "trust_officer"}
CONTACT = frozenset({"ect", "body_contact"})
TEXTS = ("reason", "aim", "steps_down")
OBJECTIVE = ("objective", "success_criteria", "actions", "resources")
LIGHT_TEXTS = ("reason", "previous_objectives", "previous_evaluation")
CLIMB = (
    ("mentor", SupportLevel.LIGHT_TOUCH, 3, Progress.NONE),
    ("induction_tutor", SupportLevel.SUPPORT_1, 4, Progress.NONE),
    ("induction_tutor", SupportLevel.SUPPORT_2, 4, Progress.SOME),
)


def climb(world: World, people: People) -> None:
    """The levels of one ECT, and what the body agreed to."""
    for role, level, weeks, found in CLIMB:
        by = people.acting(f"{role}@oak")
        texts = {name: _canary(world, f"{name}{level}", "level", "climbing") for name in TEXTS}
        induction = case(by, world.cases["climbing"].id).subject
        given = {"on": world.today, "induction": induction, "state": state_of(every_level(induction))}
        row = actions.move_level(by=by, wanted=Wanted(level, found, weeks=weeks, **texts), **given)
        if level is SupportLevel.LIGHT_TOUCH:
            _half_write(world, people, row)
    officer = people.acting("body_officer@north")
    induction = Induction.objects.get(pk=world.cases["climbing"].id)
    given = {"on": world.today, "induction": induction, "state": state_of(every_level(induction))}
    reason = _canary(world, "agreed", "level", "climbing")
    actions.agree_to_level(by=officer, to=SupportLevel.AT_RISK, reason=reason, **given)


def _half_write(world: World, people: People, level: LevelChange) -> None:
    """A light touch plan that was never started."""
    texts = {name: _canary(world, f"objective{name}", "level", "climbing") for name in OBJECTIVE}
    said = {name: _canary(world, f"light{name}", "level", "climbing") for name in LIGHT_TEXTS}
    written = Written(
        weeks=3, standards=(Standard.TS7,), rows=(ObjectiveRow(standards=(Standard.TS7,), **texts),), **said
    )
    actions.write_plan(by=people.acting("mentor@oak"), on=world.today, level=level, written=written, version=0)


def hear_concerns(world: World, people: People) -> None:
    """The school's, those that reviews proposed, and the ECTs' own."""
    _raise(world, people, "climbing", "oak", CASE)
    _raise(world, people, "elm", "elm", WITH_TRUST)
    _propose(world, people)
    _own(world, people)


def _raise(world: World, people: People, key: str, school: str, hears: frozenset[str]) -> None:
    by = people.acting(f"mentor@{school}")
    told = Told((Standard.TS7,), _canary(world, "seen", "concern", key), _canary(world, "tried", "concern", key))
    row = actions.raise_concern(by=by, on=world.today, induction=case(by, world.cases[key].id).subject, told=told)
    world.concerns[key] = _piece(row, key, key, school, hears)


def _propose(world: World, people: People) -> None:
    """What the usual reviews proposed; one was declined."""
    for key in ("oak", "harbour"):
        rows = Proposal.objects.filter(induction=world.cases[key].id, answer="open").order_by("found_on", "pk")
        world.proposals[key] = _piece(rows[0], key, key, key, ASSESSED)
    declined = Proposal.objects.filter(induction=world.cases["elm"].id, answer="open").order_by("pk")[0]
    reason = _canary(world, "declined", "proposal", "elm")
    actions.decline_proposal(by=people.acting("induction_tutor@elm"), on=world.today, proposal=declined, reason=reason)
    world.proposals["elm"] = _piece(declined, "elm", "elm", "elm", ASSESSED)


def _own(world: World, people: People) -> None:
    confided = _write(world, people, "climbing", "climbing", "oak", CONTACT, in_confidence=True)
    _answer(world, people, "climbing", "body_contact@north", confided)
    _write(world, people, "climbing_school", "climbing", "oak", SCHOOL)
    taken = _write(world, people, "elm", "elm", "elm", SCHOOL | {"trust_officer"})
    text = _canary(world, "taken", "own_concern", "elm")
    actions.take_to_trust(by=people.acting("ect@elm"), on=world.today, concern=taken, text=text, version=1)


def _write(
    world: World, people: People, key: str, about: str, school: str, hears: frozenset[str], *,
    in_confidence: bool = False,
) -> OwnConcern:  # fmt: skip
    texts = {name: _canary(world, name, "own_concern", key) for name in ("subject", "text")}
    by = people.acting(f"ect@{about}")
    given = {"on": world.today, "induction": case(by, world.cases[about].id).subject}
    row = actions.raise_own_concern(by=by, in_confidence=in_confidence, **given, **texts)
    world.own_concerns[key] = _piece(row, key, about, school, hears)
    return row


def _answer(world: World, people: People, key: str, who: str, row: OwnConcern) -> None:
    text = _canary(world, "answer", "own_concern", key)
    given = {"on": world.today, "concern": row, "text": text, "version": row.version}
    actions.answer_own_concern(by=people.acting(who), **given)


def _piece(row: SupportRecord, key: str, about: str, school: str, hears: frozenset[str]) -> Supported:
    return Supported(key, row.pk, about, school, SCHOOLS[school], hears=hears)


def _canary(world: World, place: str, kind: str, about: str) -> str:
    text = f"zqsupport{place.replace('_', '')}{about.replace('_', '')}zq"
    world.canaries.append(Canary(text, kind, about))
    return text
