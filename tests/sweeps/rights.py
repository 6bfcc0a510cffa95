"""The matrix of rights (R79), written down here once more, so that the portal's own tables are held against it."""

from tests.support.world import Calendar, Canary, Case, Person, Registration, Review, World
from tests.sweeps.addresses import Address

EVERYBODY = {
    "ect", "mentor", "induction_tutor", "induction_lead", "headteacher", "school_admin", "governor", "trust_officer",
    "body_officer", "body_contact", "body_admin", "operator",
}  # fmt: skip
PROFILE = EVERYBODY - {"governor", "trust_officer", "operator"}
REVIEWS = PROFILE - {"mentor", "school_admin", "body_contact"}  # a mentor only where a body's policy says so
WRITES = {"induction_tutor", "induction_lead"}
REGISTERS = {"headteacher", "school_admin"}
DECIDES = {"body_officer", "body_admin"}
REGISTRATIONS = REGISTERS | {"body_officer", "body_admin"}
SETS_TERMS = {"headteacher", "school_admin", "trust_officer"}
TERMS = SETS_TERMS | WRITES | {"body_officer", "body_admin"}

# Page: who may open it where they reach its object, and the methods it answers.
TABLE: dict[str, tuple[set[str], str]] = {
    "home": (EVERYBODY, "GET"),
    "notifications:inbox": (EVERYBODY, "GET"),
    "notifications:open": (EVERYBODY, "POST"),
    "notifications:read_all": (EVERYBODY, "POST"),
    "cases:cases": (PROFILE, "GET"),
    "cases:case": (PROFILE, "GET"),
    "cases:access": (REVIEWS, "GET"),
    "cases:history": (REVIEWS, "GET"),
    "cases:report": ({"headteacher", "governor", "trust_officer"} | WRITES, "GET"),
    "cases:registrations": (REGISTRATIONS, "GET"),
    "cases:new_registration": (REGISTERS, "GET POST"),
    "cases:registration": (REGISTRATIONS, "GET"),
    "cases:change_registration": (REGISTERS, "GET POST"),
    "cases:withdrawal": (REGISTERS, "GET POST"),
    "cases:confirm_registration": (DECIDES, "GET POST"),
    "cases:return_registration": (DECIDES, "GET POST"),
    "cases:refuse_registration": (DECIDES, "GET POST"),
    "cases:prior": (DECIDES, "GET POST"),
    "cases:earlier_school": (DECIDES, "GET POST"),
    "cases:leading": (DECIDES, "GET POST"),
    "cases:officer": ({"body_admin"}, "GET POST"),
    "cases:calendars": (TERMS, "GET"),
    "cases:school_years": (TERMS, "GET"),
    "cases:school_year": (TERMS, "GET"),
    "cases:change_calendar": (SETS_TERMS, "GET POST"),
    "cases:remove_calendar": (SETS_TERMS, "GET POST"),
    "assessments:new_review": (WRITES, "GET POST"),
    "assessments:review": (REVIEWS, "GET"),
    "assessments:document": (REVIEWS, "GET"),
    "assessments:correction": (WRITES, "GET POST"),
    "assessments:comments": ({"ect"}, "GET POST"),
    "assessments:acknowledgement": ({"ect"}, "POST"),
    "assessments:acceptance": ({"body_officer"}, "POST"),
    "assessments:return": ({"body_officer"}, "GET POST"),
}
# What was handed over is for reading: to write, or to answer, takes the school or the body it came from (R85).
OF_THE_RESPONSIBLE = {"cases:prior", "cases:earlier_school", "cases:leading", "cases:officer"}
OF_ONE_SIDE = {"assessments:correction", "assessments:acceptance", "assessments:return"}


def expected(world: World, person: Person, address: Address, method: str) -> str:
    """What the door answers: "unknown" (404), "forbidden" (403), "method" (405) or "open"."""
    roles, methods = TABLE[address.page.name]
    subject = address.subject
    if isinstance(subject, Case) and not world.reaches(person, subject):
        return "unknown"
    if isinstance(subject, Review) and not world.reaches_review(person, subject):
        return "unknown"
    if isinstance(subject, Registration) and not world.reaches_registration(person, subject):
        return "unknown"
    if isinstance(subject, Calendar) and not world.reaches_calendar(person, subject.key):
        return "unknown"
    if person.role not in roles or _only_handed_over(person, address):
        return "forbidden"
    answered = [*methods.split(), *(["HEAD"] if "GET" in methods.split() else [])]
    return "open" if method in answered else "method"


def _only_handed_over(person: Person, address: Address) -> bool:
    review = address.subject
    if address.page.name in OF_THE_RESPONSIBLE and isinstance(review, Case):
        return person.place != review.responsible
    if address.page.name not in OF_ONE_SIDE or not isinstance(review, Review):
        return False
    return person.place not in {review.school, review.body}


def may_read(world: World, person: Person, canary: Canary) -> bool:
    """Whether a person may read one text of the world."""
    if canary.kind == "draft":
        return person.key == canary.about
    if canary.kind == "review":
        return person.role in REVIEWS and world.reaches_review(person, world.reviews[canary.about])
    if canary.kind == "registration":
        return world.reaches_registration(person, world.registrations[canary.about])
    case = world.cases[canary.about]
    if canary.kind == "earlier":
        return person.role in PROFILE and world.reaches(person, case) and person.place not in case.joined
    return person.role in (PROFILE if canary.kind == "case" else REVIEWS) and world.reaches(person, case)
