"""Finding a school among tens of thousands by what somebody typed."""

from induction_portal.accounts.models import Organisation

from .rules.errors import RuleBroken

MOST_NAMED = 5


def find_school(text: str) -> Organisation:
    """The one school with this URN, this name, or this in its name.

    Raises RuleBroken when there is none, or more than one; then the message names some with their URNs.
    """
    text = " ".join(text.split())
    schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL)
    if text.isdecimal():
        found = list(schools.filter(identifier=text)[:1])
    else:
        found = list(schools.filter(name__iexact=text)[: MOST_NAMED + 1])
        found = found or list(schools.filter(name__icontains=text).order_by("name")[: MOST_NAMED + 1])
    if not found:
        raise RuleBroken("No school has this name or URN: check the spelling, or look its URN up", "school")
    if len(found) > 1:
        named = ", ".join(f"{school.name} ({school.identifier})" for school in found[:MOST_NAMED])
        raise RuleBroken(f"Several schools answer to this. Enter the URN of one: {named}", "school")
    return found[0]
