"""What the world's ECTs say of their recorded service, and where everything stands that may be changed."""

from cases.actions import agree, answer, query
from cases.models import Agreement, Appointment, Placement
from tests.support.world import SCHOOLS, Canary, Piece, World
from tests.support.world_people import People


def tell_of_service(world: World, people: People) -> None:
    """Oakfield's ECT has queried the total, Harbour's their pattern; Elmbridge's query was answered, and agreed."""
    for key in world.cases:
        _pieces_of(world, key)
    _query(world, people, "oak", Agreement.Kind.SERVED_TOTAL)
    _query(world, people, "harbour", Agreement.Kind.PATTERN)
    asked = _query(world, people, "elm", Agreement.Kind.PATTERN)
    reply, head = _canary(world, "answer", "elm"), people.acting("headteacher@elm")
    answer(by=head, on=world.today, agreement=asked, reply=reply, corrected=False)
    subject = {"kind": Agreement.Kind.PATTERN, "subject_id": world.patterns["elm"].id}
    agree(by=people.acting("ect@elm"), on=world.today, induction=asked.induction, **subject)


def _pieces_of(world: World, key: str) -> None:
    """The placements of a case, their patterns and mentors: under the case's key what goes on, with _old what ended."""
    places = {pk: place for place, pk in world.places.items()}
    for placement in Placement.objects.filter(induction=world.cases[key].id):
        school, over = places[placement.school_id], placement.ends_on is not None
        name = f"{key}_old" if over else key
        told = {"case": key, "school": school, "body": SCHOOLS[school], "over": over}
        world.placements[name] = Piece(name, placement.pk, **told)
        world.patterns[name] = Piece(name, placement.patterns.get().pk, **told)
        mentor = placement.appointments.get(kind=Appointment.Kind.MENTOR)
        world.appointments[name] = Piece(name, mentor.pk, **told)


def _query(world: World, people: People, key: str, kind: str) -> Agreement:
    case = world.cases[key]
    subject = case.id if kind == Agreement.Kind.SERVED_TOTAL else world.patterns[key].id
    placement = Placement.objects.get(pk=world.placements[key].id)
    asked = query(
        by=people.acting(f"ect@{key}"),
        on=world.today,
        induction=placement.induction,
        kind=kind,
        subject_id=subject,
        text=_canary(world, "query", key),
    )
    world.queries[key] = Piece(key, asked.pk, key, key, SCHOOLS[key])
    return asked


def _canary(world: World, place: str, key: str) -> str:
    text = f"zq{place}{key}zq"
    world.canaries.append(Canary(text, "query", key))
    return text
