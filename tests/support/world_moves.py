"""ECTs who move in the world, in cases of their own: asked for, let go, taken on, adrift, and in an extension.

Elmbridge's ECTs leave Northern's body for Southern's, who stay at their school; what each side wrote is a canary.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cases import actions
from cases.actions.claiming import Claimed
from cases.actions.registration import NewPost, NewTeacher
from cases.actions.release_requests import Sought
from cases.actions.releasing import Going
from cases.facts import facts_of
from cases.models import Induction, RecordBundle, Release, ReleaseRequest
from cases.rules.absence_kinds import AbsenceKind
from cases.rules.calendar import england_default_calendar
from cases.rules.confirming import BodyKind
from cases.rules.timeline import timeline
from tests.support.world import Between, Canary, World
from tests.support.world_people import People

LET_GO = ("asked", "let", "taken", "handed", "adrift")
UNKNOWN = "7000001"
DAY = timedelta(days=1)


class Moves:
    """What happens around them. `inductions` are those of the keys in `LET_GO`, all begun at Elmbridge."""

    def __init__(self, world: World, people: People, inductions: dict[str, Induction]) -> None:
        self.world, self.people, self.inductions = world, people, inductions
        self.old, self.new = people.acting("body_officer@north"), people.acting("body_officer@south")

    def happen(self) -> None:
        """Everything, today."""
        self._ask_twice()
        self._let_go()
        for key in ("taken", "handed"):
            self._take_on(key)
        self._acknowledge("taken")
        self._adrift()
        self._ask("unknown", "7000001", date(1998, 8, 8), by="north")

    def _ask_twice(self) -> None:
        """Released by mistake and taken back; asked for, refused, and asked for again."""
        released = self._release("asked", Going(self.world.today))
        actions.undo_release(by=self.old, on=self.world.today, released=released, reason=self._canary("undo", "north"))
        first = self._ask_for("asked")
        reason = self._canary("refusal", "north:south")
        actions.refuse_release(by=self.old, on=self.world.today, request=first, reason=reason)
        self.world.requests["refused"] = self.world.requests.pop("asked")
        self._ask_for("asked")

    def _let_go(self) -> None:
        reason = self._canary("terms", "north")
        self._release("let", Going(self.world.today + 10 * DAY, Decimal("1.5"), reason))

    def _release(self, key: str, going: Going) -> Release:
        """Let go to Southern, which gets to know whom by it."""
        self.world.sought[key] = "south"
        to = self.people.organisations["south"]
        induction = self.inductions[key]
        released = actions.release(by=self.old, on=self.world.today, induction=induction, going=going, to=to)
        self.world.releases[key] = Between(key, released.pk, "north", "south")
        return released

    def _take_on(self, key: str) -> None:
        released = self._release(key, Going(self.world.today - DAY))
        people = self.people.users
        claimed = Claimed(
            starts_on=self.world.today,
            officer=people["body_officer@south"],
            contact=people["body_contact@south"],
            acts_as=BodyKind.HUB,
            recommended_qts=False,
            employs_ect=False,
        )
        actions.claim(by=self.new, on=self.world.today, released=released, claimed=claimed)
        bundle = RecordBundle.objects.get(release=released)
        self.world.handed[key] = Between(key, bundle.pk, "north", "south")

    def _acknowledge(self, key: str) -> None:
        bundle = RecordBundle.objects.get(pk=self.world.handed[key].id)
        missing = self._canary("missing", "north:south")
        actions.acknowledge_record(by=self.new, on=self.world.today, bundle=bundle, missing=missing)
        released = Release.objects.get(pk=self.world.releases[key].id)
        actions.report_leaver(by=self.old, on=self.world.today, released=released, done_on=self.world.today)

    def _adrift(self) -> None:
        """Left Elmbridge a month ago, released to nobody; Southern asks for them."""
        last, induction = self.world.today - 30 * DAY, self.inductions["adrift"]
        head = self.people.acting("headteacher@elm", last)
        actions.end_placement(by=head, on=last, placement=induction.placements.get(), last_day=last)
        released = actions.release(by=self.old, on=self.world.today, induction=induction, going=Going(last))
        self.world.releases["adrift"] = Between("adrift", released.pk, "north", "")
        self._ask_for("adrift")

    def _ask_for(self, key: str) -> ReleaseRequest:
        teacher = self.inductions[key].teacher
        self.world.sought[key] = "south"
        return self._ask(key, teacher.trn, teacher.date_of_birth, by="south", holder="north")

    def _ask(self, key: str, trn: str, born: date, *, by: str, holder: str = "") -> ReleaseRequest:
        asker = self.people.acting(f"body_officer@{by}")
        sides = f"{holder}:{by}"
        name = self._canary(f"sought{key}", sides)
        sought = Sought(trn, born, name, self._canary(f"why{key}", sides))
        request = actions.ask_release(by=asker, on=self.world.today, sought=sought)
        self.world.requests[key] = Between(key, request.pk, holder, by)
        return request

    def _canary(self, place: str, sides: str) -> str:
        text = f"zqmove{place}{len(self.world.canaries)}zq"
        self.world.canaries.append(Canary(text, "move", sides))
        return text

    def know(self) -> None:
        """Southern has to do with those whom it took on."""
        for key in ("taken", "handed"):
            known = self.world.cases[key]
            self.world.cases[key] = replace(known, bodies=known.bodies | {"south"}, responsible="south")


def move_in_an_extension(
    world: World, people: People, induction: Induction, appoint: Callable[..., Any], start: date
) -> None:
    """From Oakfield, thirty days of absence behind them, a week into the extension of part 1; now at Elmbridge."""
    placement = induction.placements.get()
    first, last = _spell(start + 20 * DAY, 32)
    by = people.acting("school_admin@oak", last + DAY)
    actions.record_absence(
        by=by, on=by.on, placement=placement, kind=AbsenceKind.SICKNESS, starts_on=first, ends_on=last
    )
    reached = timeline(facts_of(induction, as_of=world.today)).parts[0].unextended_end
    assert reached is not None
    leaves, teacher = reached + 7 * DAY, induction.teacher
    head = people.acting("headteacher@oak", leaves)
    actions.end_placement(by=head, on=leaves, placement=placement, last_day=leaves)
    since = leaves + DAY
    actions.register(
        by=people.acting("school_admin@elm", leaves),
        on=leaves,
        school=people.organisations["elm"],
        body=people.organisations["north"],
        teacher=NewTeacher(teacher.trn, teacher.name, teacher.date_of_birth, teacher.qts_on),
        post=NewPost(since, since),
    )
    appoint("stretched", "elm", since)
    officer = people.acting("body_officer@north")
    text = "zqmovelesszq"
    told = {"by": officer, "on": world.today, "induction": induction, "version": 0}
    actions.set_new_school_minimum(terms=Decimal("0.5"), reason=text, **told)
    world.canaries.append(Canary(text, "move", "north"))


def _spell(day: date, days: int) -> tuple[date, date]:
    """The first and last of so many school days from a day on."""
    calendar = england_default_calendar(day.year - 1, 4)
    found = list[date]()
    while len(found) < days:
        if calendar.is_school_day(day):
            found.append(day)
        day += DAY
    return found[0], found[-1]
