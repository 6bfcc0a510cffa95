"""Ten thousand messages, delivered by two workers to a mail server on this machine."""

import os
import subprocess
import sys
import time

MESSAGES, PEOPLE, WORKERS = 10_000, 500, 2


def measure() -> dict[str, float | int | str]:
    """Seconds from the start of the two workers until everything was accepted; and that nothing came twice."""
    from notifications.models import Message
    from tests.support.mailbox import Mailbox

    mailbox = Mailbox()
    _say()
    env = os.environ | {"EMAIL_URL": f"smtp://{mailbox.host}:{mailbox.port}"}
    command = [sys.executable, "-m", "tests.bench.delivery"]
    started = time.perf_counter()
    workers = [subprocess.Popen(command, env=env) for _ in range(WORKERS)]
    if any(worker.wait() for worker in workers):
        raise RuntimeError("A worker failed")
    seconds = time.perf_counter() - started
    came = [str(mail["Message-ID"]) for mail in mailbox.messages]
    mailbox.close()
    if len(came) != MESSAGES or len(set(came)) != MESSAGES or Message.objects.exclude(status="sent").exists():
        raise RuntimeError(f"{len(came)} mails came of {MESSAGES} messages")
    return {
        "delivery_messages": MESSAGES,
        "delivery_workers": WORKERS,
        "delivery_seconds": round(seconds, 1),
        "delivery_messages_per_second": round(MESSAGES / seconds),
    }


def _say() -> None:
    """Messages that anybody may see, of a kind that the portal has."""
    from django.db import transaction

    from induction_portal.accounts.models import User
    from notifications import outbox

    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(PEOPLE))
    outbox.wake = lambda: None  # the workers below are all there are
    with transaction.atomic():
        for number in range(MESSAGES // PEOPLE):
            given = {"subject_id": people[0].pk, "organisation_id": None, "url": "/"}
            outbox.queue("mentor_reads_reviews", to=people, context={"since": "1 September"}, once=str(number), **given)


def _work() -> None:
    import django

    django.setup()
    from dataclasses import replace

    from notifications import delivery, kinds

    kind = kinds.get("mentor_reads_reviews")
    kinds._kinds[kind.name] = replace(kind, may_see=lambda user, subject: True)
    delivery.deliver_waiting(MESSAGES)


if __name__ == "__main__":
    _work()
