"""The organisations of the story, and everybody who works in them."""

from dataclasses import dataclass

from induction_portal.accounts.permissions import Role

PASSWORD = "induction-demo"  # noqa: S105 - printed by bin/demo, and of no use anywhere else
OPERATOR = "operator@portal.example"


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation. A school names its trust and its appropriate body, and who registers its ECTs."""

    key: str
    kind: str
    name: str
    identifier: str
    trust: str = ""
    body: str = ""
    registrar: str = ""
    relevant: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a sign-in, and their roles as pairs of an organisation's key and a role."""

    email: str
    name: str
    roles: tuple[tuple[str, Role], ...]


PORTAL = Place("portal", "operator", "Induction Portal", "portal")

PLACES = (
    Place("meridian", "trust", "Meridian Learning Trust", "MLT"),
    Place("northern", "body", "Northern Teaching School Hub", "NTSH"),
    Place("coastal", "body", "Coastal Teaching School Hub", "CTSH"),
    Place(
        "oakfield", "school", "Oakfield School", "999001",
        trust="meridian", body="northern", registrar="office@oakfield.example",
    ),
    Place(
        "elmbridge", "school", "Elmbridge Academy", "999002",
        trust="meridian", body="northern", registrar="tutor@elmbridge.example", relevant=False,
    ),
    Place("harbour", "school", "Harbour Primary", "999003", body="coastal", registrar="head@harbour.example"),
)  # fmt: skip

PEOPLE = (
    Person("tutor@oakfield.example", "Priya Nair", (("oakfield", Role.INDUCTION_TUTOR),)),
    Person(
        "lead@oakfield.example", "Marcus Bell", (("oakfield", Role.INDUCTION_LEAD), ("elmbridge", Role.INDUCTION_TUTOR))
    ),
    Person("mentor@oakfield.example", "Joanna Firth", (("oakfield", Role.MENTOR),)),
    Person("office@oakfield.example", "Wendy Sharp", (("oakfield", Role.SCHOOL_ADMIN),)),
    Person("head@oakfield.example", "Fiona Marchetti", (("oakfield", Role.HEADTEACHER),)),
    Person("governor@oakfield.example", "Leonard Achebe", (("oakfield", Role.GOVERNOR),)),
    Person("r.whitcombe@oakfield.example", "Rachel Whitcombe", (("oakfield", Role.MENTOR),)),
    Person("d.osei@oakfield.example", "David Osei", (("oakfield", Role.MENTOR),)),
    Person("trust@meridian.example", "Catherine Voss", (("meridian", Role.TRUST_OFFICER),)),
    Person("tutor@elmbridge.example", "Gareth Powell", (("elmbridge", Role.INDUCTION_TUTOR),)),
    Person(
        "head@elmbridge.example", "Yasmin Qureshi",
        (("elmbridge", Role.HEADTEACHER), ("elmbridge", Role.INDUCTION_TUTOR)),
    ),
    Person("n.eze@elmbridge.example", "Nkechi Eze", (("elmbridge", Role.MENTOR),)),
    Person("t.hartley@elmbridge.example", "Tom Hartley", (("elmbridge", Role.MENTOR),)),
    Person("tutor@harbour.example", "Moira Sinclair", (("harbour", Role.INDUCTION_TUTOR),)),
    Person("head@harbour.example", "Patrick Dunne", (("harbour", Role.HEADTEACHER),)),
    Person("e.muir@harbour.example", "Elspeth Muir", (("harbour", Role.MENTOR),)),
    Person("officer@northern-hub.example", "Angela Thornton", (("northern", Role.BODY_OFFICER),)),
    Person("contact@northern-hub.example", "Samir Haddad", (("northern", Role.BODY_CONTACT),)),
    Person("admin@northern-hub.example", "Louise Barker", (("northern", Role.BODY_ADMIN),)),
    Person("officer@coastal-hub.example", "Iain Robertson", (("coastal", Role.BODY_OFFICER),)),
    Person("contact@coastal-hub.example", "Delphine Arnaud", (("coastal", Role.BODY_CONTACT),)),
    Person("admin@coastal-hub.example", "Stephen Lowe", (("coastal", Role.BODY_ADMIN),)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who has not answered an invitation that was sent so many days before today."""

    email: str
    name: str
    place: str
    role: Role
    days_ago: int


INVITED = (
    Invited("k.adeyemi@oakfield.example", "Kemi Adeyemi", "oakfield", Role.MENTOR, 4),
    Invited("h.carver@oakfield.example", "Howard Carver", "oakfield", Role.GOVERNOR, 30),
)

OFFICERS = {"northern": "officer@northern-hub.example", "coastal": "officer@coastal-hub.example"}
CONTACTS = {"northern": "contact@northern-hub.example", "coastal": "contact@coastal-hub.example"}
HEADS = {
    "oakfield": "head@oakfield.example",
    "elmbridge": "head@elmbridge.example",
    "harbour": "head@harbour.example",
}
