"""How much of a weekday is worked, wherever a form asks."""

from induction_portal.govuk.fields import NumberField


def weekday(name: str) -> NumberField:
    """How much of one weekday is worked: 0 to 1, or nothing."""
    return NumberField(
        label=name,
        required=False,
        say_optional=False,
        min_value=0,
        max_value=1,
        max_digits=3,
        decimal_places=2,
        width=3,
    )
