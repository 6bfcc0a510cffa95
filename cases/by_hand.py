"""Which steps of a case its responsible body records as done (R90)."""

from induction_portal.accounts.viewer import Viewer

from .deadlines import label
from .models import Deadline, HandRecord, Induction
from .people import responsibility
from .rules.deadline_rules import RULES

BODY_FACTS = frozenset({"D2", "D15", "D16", "D17"})  # closed by a fact of the portal, though by somebody's hand


def to_record(viewer: Viewer, induction: Induction) -> list[Deadline]:
    """The steps of the viewer's own body, done ones too: a day may be corrected."""
    if responsibility(viewer, induction, on=viewer.on) is None:
        return []
    others = HandRecord.objects.filter(induction=induction).exclude(body=viewer.organisation)
    taken = set(others.values_list("code", "number"))
    return [
        deadline
        for deadline in induction.deadlines.all()
        if by_hand(deadline) and (deadline.code, deadline.number) not in taken
    ]


def by_hand(deadline: Deadline) -> bool:
    """Whether somebody has to record that this was done."""
    return deadline.code in RULES and RULES[deadline.code].closed_by_hand and deadline.code not in BODY_FACTS


def choices(deadlines: list[Deadline]) -> dict[str, str]:
    """What a form offers: the key of each step, and its words."""
    return {f"{deadline.code}-{deadline.number}": label(deadline) for deadline in deadlines}
