"""What was written in the progress reviews of the story."""

from .elmbridge import BEATRICE, IMOGEN, OWEN
from .harbour import CALLUM, NIAMH, RHYS, SUNITA
from .oakfield import DANIEL, GRACE, HANNAH
from .shape import Aim, Written

__all__ = [
    "BEATRICE",
    "CALLUM",
    "DANIEL",
    "GRACE",
    "HANNAH",
    "IMOGEN",
    "NIAMH",
    "OWEN",
    "RHYS",
    "SUNITA",
    "Aim",
    "Written",
]
