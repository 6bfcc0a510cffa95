"""``manage.py export_facts``: each case as ``calculate timeline`` takes it, with the dates that are stored for it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.facts import facts_of_many
from cases.models import Induction
from cases.reckon import fresh
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
        """Every case in one snapshot of the database, in the order of their keys."""
        with transaction.atomic():
            for line in exported(as_of=clock.today()):
                self.stdout.write(line)


def exported(*, as_of: date) -> Iterator[str]:
    """One line for each case, some hundreds read at a time; a stale case is reckoned first, as a page would."""
    after = None
    while True:
        cases = Induction.objects.order_by("pk").prefetch_related("deadlines").select_related("clock")
        batch = fresh(lambda: list((cases.filter(pk__gt=after) if after else cases)[:BATCH]))  # noqa: B023
        if not batch:
            return
        for induction, facts in zip(batch, facts_of_many(batch, as_of=as_of), strict=True):
            told = {"id": str(induction.pk)} | facts_json(facts) | {"stored": stored_dates(induction)}
            yield json.dumps(told, separators=(",", ":"))
        after = batch[-1].pk
