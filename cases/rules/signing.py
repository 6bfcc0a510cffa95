"""What a signature under an assessment binds, for how long it stands, and whose turn it is (R53; SG 2.61).

A signatory signs one sealed version, and answers for the part of it that touches them. In a later version the signature
stands while that part is the same to the letter; once it is not, the signature is void for good and asked for anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from .errors import RuleBroken
from .statuses import SignatureStatus

TUTOR, HEAD, ECT = "induction_tutor", "headteacher", "ect"
ORDER = (TUTOR, HEAD, ECT)
NAMED = {TUTOR: "the induction tutor", HEAD: "the headteacher", ECT: "the ECT"}

_EVERYBODY = frozenset(ORDER)
_TUTOR = frozenset({TUTOR})
_OF_THE_ECT = frozenset({TUTOR, ECT})
_OF_THE_HEAD = frozenset({TUTOR, HEAD})

# Which signatories each part of a sealed report touches: the tutor, who answers for the report, all of it.
TOUCHES: Mapping[str, frozenset[str]] = {
    # who it is about
    "ect": _OF_THE_ECT, "trn": _OF_THE_ECT, "date_of_birth": _OF_THE_ECT,
    "school": _TUTOR, "body": _TUTOR, "tutor": _TUTOR, "mentor": _TUTOR,
    # the assessment and its period
    "kind": _EVERYBODY, "number": _EVERYBODY, "period_starts_on": _EVERYBODY, "held_on": _EVERYBODY,
    "fte": _OF_THE_HEAD, "part": _OF_THE_HEAD, "served": _OF_THE_HEAD, "required": _OF_THE_HEAD,
    "absent_in_period": _EVERYBODY, "absent_in_part": _EVERYBODY,
    # what was judged and said
    "present": _EVERYBODY, "satisfactory": _EVERYBODY, "judged": _EVERYBODY, "strengths": _EVERYBODY,
    "development": _EVERYBODY, "support_given": _EVERYBODY, "unsatisfactory": _EVERYBODY, "sources": _EVERYBODY,
    "stays": _EVERYBODY, "leaves_on": _EVERYBODY,
    # clerical
    "others_present": _TUTOR, "next_school": _TUTOR,
}  # fmt: skip
# Who sealed it and when is no content: it differs from version to version and touches nobody.
SEALING = frozenset({"version", "author", "author_role", "sealed_on"})


class Change(NamedTuple):
    """One thing that differs between two versions. ``field`` is a path: ``judged.TS4.evidence``."""

    field: str
    before: Any
    after: Any


class Bound(NamedTuple):
    """What a signature binds: a version by its number, and the digest of the part that touches its signatory."""

    role: str
    number: int
    part: str


def parts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """For each signatory, as canonical JSON, the part of a sealed content that touches them.

    Raises KeyError for a field of which ``TOUCHES`` does not say whom it touches.
    """
    told = {name: value for name, value in content.items() if name not in SEALING}
    return {role: _canonical({name: told[name] for name in told if role in TOUCHES[name]}) for role in ORDER}


def digests_of(content: Mapping[str, Any]) -> dict[str, str]:
    """For each signatory the SHA-256, in hex, of their part."""
    return {role: sha256(part.encode()).hexdigest() for role, part in parts_of(content).items()}


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def stands(signature: Bound, parts: Mapping[int, str]) -> bool:
    """Whether a signature holds for the latest of the versions: in each since the one signed, its part is the same.

    ``parts`` are the digests of its signatory's part by the number of the version.
    """
    return all(digest == signature.part for number, digest in parts.items() if number >= signature.number)


def changes_for(role: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Exactly what differs between two sealed contents in the part that touches a signatory, field by field."""
    return [change for change in changes(before, after) if role in TOUCHES[change.field.partition(".")[0]]]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Everything that differs between two sealed contents but for who sealed them and when."""
    was, now = dict(_leaves(before)), dict(_leaves(after))
    paths = [*was, *(path for path in now if path not in was)]
    return [Change(path, was.get(path), now.get(path)) for path in paths if was.get(path) != now.get(path)]


def _leaves(content: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if not path and name in SEALING:
            continue
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def whose_turn(statuses: Mapping[str, SignatureStatus]) -> str | None:
    """R53: tutor, then headteacher, then ECT. None once nobody is left to ask.

    The ECT's refusal is an answer, for nothing in the law lets an ECT hold a report back; the school's own are not.
    """
    for role in ORDER:
        done = {SignatureStatus.SIGNED, SignatureStatus.REFUSED} if role == ECT else {SignatureStatus.SIGNED}
        if statuses[role] not in done:
            return role
    return None


def check_turn(role: str, statuses: Mapping[str, SignatureStatus]) -> None:
    """R53. Raises RuleBroken when somebody else has to sign first, or this role has signed already."""
    if statuses[role] is SignatureStatus.SIGNED:
        raise RuleBroken(f"This has been signed as {NAMED[role]} already")
    turn = whose_turn(statuses)
    if turn is not None and ORDER.index(turn) < ORDER.index(role):
        order = "An assessment is signed by the induction tutor, then the headteacher, then the ECT"
        raise RuleBroken(f"{order}: it is the turn of {NAMED[turn]}")


def check_both(signed_as: Sequence[str], role: str, *, knowingly: bool) -> None:
    """R53, R82: whoever is headteacher and tutor signs in both roles, once each, and says that they know it.

    ``signed_as`` are the roles in which the same person has signed. Raises RuleBroken.
    """
    if not knowingly and any(other != role for other in signed_as):
        raise RuleBroken(
            f"You have signed as {NAMED[signed_as[0]]}. Confirm that you now sign as {NAMED[role]} as well", "both"
        )
