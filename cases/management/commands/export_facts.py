"""``manage.py export_facts``: each case as ``calculate timeline`` takes it, with the dates that are stored for it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.facts import facts_as_fetched
from cases.models import Induction
from cases.reckon import freshen
from cases.rules.facts import CaseFacts
from cases.rules.facts_written import facts_json
from cases.stored import stored_dates
from induction_portal import clock

BATCH = 200


class Command(BaseCommand):
    """What the pages show is what the calculator says: this puts both on one line, for anybody to compare."""

    help = (
        "Write each case as one JSON object a line, in the input shape of `calculate timeline`, with its stored dates."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Every case, in the order of their keys."""
        for line in exported(as_of=clock.today()):
            self.stdout.write(line)


def exported(*, as_of: date) -> Iterator[str]:
    """One line for each case, some hundreds read at a time."""
    after = None
    while lines := _batch(after, as_of):
        yield from lines.values()
        after = max(lines)


def _batch(after: UUID | None, as_of: date) -> dict[UUID, str]:
    """The next cases, held while they are read so that facts and dates are of one moment; the stale are reckoned first,
    as a page would.
    """
    with transaction.atomic():
        following = Induction.objects.filter(pk__gt=after) if after else Induction.objects.all()
        keys = list(following.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)[:BATCH])
        freshen(keys)
        read = Induction.objects.filter(pk__in=keys).order_by("pk").prefetch_related("deadlines")
        batch = list(read.select_related("clock"))
        return {
            induction.pk: json.dumps(_line(induction, facts), separators=(",", ":"))
            for induction, facts in zip(batch, facts_as_fetched(batch, as_of=as_of), strict=True)
        }


def _line(induction: Induction, facts: CaseFacts) -> dict[str, Any]:
    return {"id": str(induction.pk)} | facts_json(facts) | {"stored": stored_dates(induction)}
