"""What the worker runs."""

from celery import shared_task

from induction_portal.sweeps.recording import recorded

from . import delivery, digests


@shared_task
@recorded("deliver messages")
def deliver_messages() -> None:
    """Deliver what waits. Woken by each new message and every minute; any number of these may run side by side."""
    more_people = digests.gather()
    if delivery.deliver_waiting() or more_people:
        deliver_messages.delay()
    delivery.tell_owners()
