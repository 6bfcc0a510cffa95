"""Which appropriate bodies had an induction, as rows of the copy that the ECT takes along (R83)."""

from collections.abc import Iterator

from induction_portal.govuk.words import day

from ..models import BodyPeriod, Induction, RecordBundle, Release
from ..parts import Section


def move_sections(induction: Induction) -> Iterator[Section]:
    """Who was responsible and until when, what was reported at each release, and what was handed over."""
    periods = BodyPeriod.objects.filter(induction=induction).select_related("body")
    held = [[each.body.name, day(each.starts_on), day(each.ends_on) or "Goes on"] for each in periods]
    yield Section("Appropriate bodies", ("Body", "From", "To"), held)
    releases = Release.objects.filter(induction=induction, undone_on=None).select_related("body")
    let_go = [[each.body.name, day(each.last_day), f"{each.terms} (exactly {each.exact})"] for each in releases]
    yield Section("Releases", ("By", "Last day", "Terms reported"), let_go)
    bundles = RecordBundle.objects.filter(induction=induction).select_related("body", "to")
    handed = [[each.body.name, each.to.name, day(each.made_on), day(each.acknowledged_on)] for each in bundles]
    yield Section("Records handed over", ("From", "To", "On", "Acknowledged on"), handed)
