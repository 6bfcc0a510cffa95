"""What the worker does for the trail."""

from celery import shared_task
from kombu.exceptions import OperationalError

from ..sweeps.recording import recorded
from .checking import begin_check, go_on


@shared_task
@recorded("check the trail")
def check_trail() -> int:
    """Each night: check the whole trail, a part in each task; 1 while more is left. A check cut short goes on."""
    more = int(go_on(begin_check().pk))
    if more:
        _wake()
    return more


def _wake() -> None:
    try:
        check_trail.apply_async(retry=False)
    except OperationalError:
        return  # the next night goes on where this one ended
