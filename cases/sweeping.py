"""Going through many things at night: what one of them suffers from does not keep the others waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import OperationalError, transaction

logger = logging.getLogger(__name__)
Key = TypeVar("Key")


def each_alone(sweep: str, keys: Iterable[Key], do: Callable[[Key], object]) -> int:
    """Do something to each in a transaction of its own; to how many it was done, which is what `do` says of each.

    One that fails is left as it was, and the log has it: the next sweep tries it again. Raises OperationalError when
    the database is away.
    """
    done = 0
    for key in keys:
        try:
            with transaction.atomic():
                done += bool(do(key))
        except OperationalError:  # the database is away: that is not this one's fault
            raise
        except Exception:
            logger.exception("%s: nothing was done to %s", sweep, key)
    return done
