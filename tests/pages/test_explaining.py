"""A timeline made plain: what the calculator, a case and its "what if" all show."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from cases.explaining import NOT_REACHED, explain
from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.rules.told import Told
from tests.rules.example import absence, changed

NAMES = {"A": "Oakfield School"}


def explained(names=NAMES, **changes):
    facts = read_facts(changed(**changes), date(2026, 11, 22), also=("id",))
    return explain(timeline(facts), told=Told(names))


@pytest.mark.parametrize(("as_of", "says"), [
    ("2027-10-18", "Induction ends on 18 October 2027"),
    ("2027-10-19", "Induction ended on 18 October 2027"),
])  # fmt: skip
def test_the_headline_is_in_the_past_once_the_day_is_over(as_of, says):
    assert explained(as_of=as_of).headline == says


def test_service_that_ends_first_has_no_end_of_induction():
    placement = changed()["placements"][0] | {"end": "2026-05-01"}
    answer = explained(placements=[placement], absences=[])
    assert answer.headline == "Induction does not end in the service given"
    assert [row[2] for row in answer.parts] == [NOT_REACHED]


def test_every_date_says_why():
    answer = explained()
    assert answer.dates[0][:2] == ["Progress review 1", "Friday 19 December 2025"]
    assert answer.dates[-1][:2] == ["Final formal assessment", "Monday 18 October 2027"]
    says = [reason.says for reason in answer.because]
    assert all(why in says for _, _, why in answer.dates)


def test_what_is_assumed_is_said():
    leave = absence("2025-11-03", "2025-11-28", "maternity", elect_extension=None)
    open_ended = absence("2026-11-02") | {"end": None}
    assumed = explained(absences=[leave, open_ended]).assumed
    assert assumed == [
        "Service at Oakfield School goes on as it is until induction ends.",
        "The ECT has not chosen to extend induction by the maternity leave from 3 November 2025.",
        "The absence since 2 November 2026 goes on; it is counted up to 22 November 2026.",
    ]


def test_terms_not_told_are_assumed():
    terms = changed()["calendars"]["A"]["terms"][:3]
    (_, repeated) = explained(calendars={"A": {"terms": terms}}).assumed
    assert repeated == "Terms from 1 September 2026 on are not known yet: the last three are repeated a year later."


def test_two_answers_stand_on_one_page():
    facts = read_facts(changed(), date(2026, 11, 22), also=("id",))
    found = [explain(timeline(facts), told=Told(NAMES), key=key) for key in ("now", "then")]
    html = "".join(render_to_string("cases/answer.html", {"answer": answer}) for answer in found)
    ids = [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {"now", "then"} <= set(ids)
    assert "url(#now-picture-hatch)" in html
