"""R7: where induction is required by law, and where a school chooses to offer it."""

import pytest

from cases.rules.establishments import is_relevant


@pytest.mark.parametrize(
    "kind",
    [
        "Community school", "Voluntary aided school", "Foundation special school", "Non-maintained special school",
        "Local authority nursery school", "Children's centre", "Pupil referral unit", "Mainstream", "Special",
        "Pupil Referral Unit", "", "A type not yet thought of",
    ],
)  # fmt: skip
def test_r7_maintained_settings_and_unknown_types_are_relevant(kind):
    assert is_relevant(kind)


@pytest.mark.parametrize(
    "kind",
    [
        "Academy converter", "Academy special sponsor led", "AP Academy", "Mainstream academy", "Free schools",
        "Studio schools", "University technical college", "City technology college", "Other independent school",
        "Further education", "Sixth form centres", "British schools overseas", "Welsh establishment",
    ],
)  # fmt: skip
def test_r7_the_rest_choose(kind):
    assert not is_relevant(kind)
