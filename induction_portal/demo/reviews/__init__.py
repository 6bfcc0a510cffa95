"""What was written in the progress reviews of the story."""

from .elmbridge import BEATRICE, IMOGEN, OWEN
from .harbour import CALLUM, MARTIN, NIAMH, SUNITA
from .oakfield import DANIEL, GRACE, HANNAH
from .shape import Aim, Written

__all__ = [
    "BEATRICE",
    "CALLUM",
    "DANIEL",
    "GRACE",
    "HANNAH",
    "IMOGEN",
    "MARTIN",
    "NIAMH",
    "OWEN",
    "SUNITA",
    "Aim",
    "Written",
]
