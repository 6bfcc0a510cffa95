"""Notice of a decision and the time to appeal: R63, R64, R66, D12, D14."""

from datetime import date, timedelta

import pytest

from cases.rules.errors import RuleBroken
from cases.rules.notices import (
    Given,
    Told,
    all_told_on,
    appeal_until,
    check_may_give,
    check_posted,
    check_received,
    must_be_told,
    still_to_tell,
)
from cases.rules.outcomes import Outcome
from cases.rules.statuses import NoticeStatus as S
from cases.rules.wording import PLACEHOLDERS, check_wording, fill

MADE, NEXT, LAST = date(2026, 12, 18), date(2026, 12, 21), date(2026, 12, 22)
SENT = {who: Given(S.SENT, NEXT) for who in Told}


def test_the_agency_is_told_of_an_extension_and_a_fail():
    assert must_be_told(Outcome.PASS) == (Told.ECT, Told.HEADTEACHER, Told.EMPLOYER)
    assert must_be_told(Outcome.EXTEND) == must_be_told(Outcome.FAIL) == tuple(Told)


@pytest.mark.parametrize("missing", list(Told))
def test_notice_was_given_when_the_last_had_it(missing):
    later = SENT | {missing: Given(S.POSTED, LAST)}
    assert all_told_on(Outcome.FAIL, later, made_on=MADE) == LAST
    for waits in (None, Given(S.QUEUED), Given(S.BOUNCED), Given(S.DRAFT)):
        told = {who: notice for who, notice in SENT.items() if who is not missing} | ({missing: waits} if waits else {})
        assert all_told_on(Outcome.FAIL, told, made_on=MADE) is None


def test_a_body_that_is_the_employer_tells_itself_nothing():
    told = SENT | {Told.EMPLOYER: Given(S.NOT_NEEDED)}
    assert all_told_on(Outcome.PASS, told, made_on=MADE) == NEXT


@pytest.mark.parametrize(
    ("notice", "until"),
    [
        (Given(S.SENT, date(2027, 2, 1)), date(2027, 3, 2)),  # the example of R66: deemed on 3 February
        (Given(S.SENT, date(2026, 12, 18)), date(2027, 1, 20)),  # deemed on a Sunday, over Christmas
        (Given(S.RECEIVED, date(2027, 2, 1), date(2027, 2, 3)), date(2027, 3, 2)),
        (Given(S.RECEIVED, date(2027, 1, 29), date(2027, 2, 6)), date(2027, 3, 5)),  # received on a Saturday
        (Given(S.POSTED, date(2027, 2, 1)), None),
        (Given(S.QUEUED), None),
        (Given(S.BOUNCED), None),
    ],
)
def test_the_time_to_appeal_runs_from_receipt(notice, until):
    assert appeal_until(notice) == until


def test_each_is_told_once_unless_in_vain():
    for status in (S.DRAFT, S.BOUNCED):
        check_may_give(Told.ECT, status)
    for status in (S.QUEUED, S.SENT, S.POSTED, S.RECEIVED, S.NOT_NEEDED):
        with pytest.raises(RuleBroken, match="The notice to the ECT has gone out already"):
            check_may_give(Told.ECT, status)
    known = {Told.ECT: S.SENT, Told.HEADTEACHER: S.BOUNCED}
    assert still_to_tell(Outcome.PASS, known) == [Told.HEADTEACHER, Told.EMPLOYER, Told.AGENCY]
    assert still_to_tell(Outcome.PASS, known, optional=False) == [Told.HEADTEACHER, Told.EMPLOYER]


def test_days_of_post_are_in_order_and_not_to_come():
    day = timedelta(days=1)
    check_posted(MADE, made_on=MADE, today=MADE)
    check_received(MADE, posted_on=MADE, today=MADE)
    for wrong in (MADE - day, LAST + day):
        with pytest.raises(RuleBroken) as broken:
            check_posted(wrong, made_on=MADE, today=LAST)
        assert broken.value.field == "posted_on"
        with pytest.raises(RuleBroken) as broken:
            check_received(wrong, posted_on=MADE, today=LAST)
        assert broken.value.field == "received_on"


def test_only_listed_placeholders_are_filled():
    check_wording("pass_opening", " ".join(f"{{{name}}}" for name in PLACEHOLDERS))
    values = dict.fromkeys(PLACEHOLDERS, "x") | {"ect": "{school}"}
    assert fill("Dear {ect}, of {school}", values) == "Dear {school}, of x"
    for wrong in ("{trn}", "{", "}", "{ect.name}", "{}"):
        with pytest.raises(RuleBroken, match="is no placeholder") as broken:
            check_wording("pass_opening", f"Dear {wrong}")
        assert broken.value.field == "pass_opening"
