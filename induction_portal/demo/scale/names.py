"""Names that could be anybody's, and of places that are nowhere in particular."""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    "Aaliyah Adam Aisha Alex Alice Amelia Amina Anna Arjun Ben Bethany Callum Carys Charlotte Chloe Daniel David Dev "
    "Elena Ella Emily Emma Ethan Eve Farah Finn Freya Gareth George Grace Hannah Harry Hassan Holly Ibrahim Imogen "
    "Isaac Isla Jack Jacob James Jasmine Jess Jonah Joseph Kaja Kate Kofi Laila Leah Leo Liam Lily Lucy Luca Maja "
    "Maria Mateusz Maya Megan Mia Mohammed Molly Naomi Niamh Noah Nora Oliver Olivia Omar Oscar Owen Poppy Priya "
    "Rachel Rafael Rhys Rohan Rosa Ruby Ryan Sam Sara Seren Siân Sofia Sophie Tariq Theo Thomas Tom Toby Wei William "
    "Yusuf Zara Zoë"
)
FAMILY = _words(
    "Abbott Adeyemi Ahmed Ali Allen Anderson Bailey Baker Banks Barker Begum Bell Bennett Brown Butler Campbell "
    "Carter Chapman Chen Clark Clarke Collins Cook Cooper Cox Davies Dixon Edwards Ellis Evans Fisher Foster Fox "
    "Francis García Gibson Gill Graham Grant Gray Green Griffiths Hall Hamilton Harris Harrison Harvey Hill Holmes "
    "Hughes Hunt Hussain Iqbal Jackson James Jenkins Johnson Jones Kaur Kelly Khan King Knight Kowalski Lee Lewis "
    "Lindqvist Lloyd Marshall Martin Mason Matthews Miller Mitchell Moore Morgan Morris Murphy Murray Mwangi Nair "
    "Nowak Ó’Brien Okafor Owen Palmer Parker Patel Phillips Powell Price Reid Reynolds Richards Roberts Robinson "
    "Rogers Russell Ryan Saunders Scott Shah Shaw Simpson Singh Smith Stevens Stewart Taylor Thomas Thompson Turner "
    "Walker Walsh Ward Watson Webb West White Williams Wilson Wood Wright Young Zhang"
)
PLACES = _words(
    "Ash Barrow Beck Birch Bram Brook Burn Clay Cliff Cold Cross Dale Eld Elm Fair Fern Fox Glen Green Hale Hart Hawk "
    "Hazel Heath High Holm Kings Lang Lea Lime Long Lynd Marsh Mere Mill Moor North Nut Oak Old Park Pen Red Ridge "
    "Rock Rose Rush Sand Shel South Stan Stone Strat Thorn Upper Wal Water Well West Whit Wick Wil Win Wood Wyn"
)
ENDINGS = _words(
    "bridge brook bury by combe cote dale field ford gate ham hill hurst land leigh ley low mere mouth ridge side "
    "stead stow thorpe ton wick wood worth"
)
KINDS = (
    "Academy", "Primary School", "Church of England Primary School", "Catholic Primary School", "High School",
    "Community School", "Infant School", "Junior School", "College", "Special School",
)  # fmt: skip


def person(random: Random) -> str:
    """A given and a family name."""
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)}"


def place(random: Random) -> str:
    """A place-name."""
    return random.choice(PLACES) + random.choice(ENDINGS)


def school(random: Random) -> str:
    """A school's name."""
    return f"{place(random)} {random.choice(KINDS)}"
