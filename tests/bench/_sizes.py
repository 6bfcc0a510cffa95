"""How large a benchmark is: as large as its figures are told for, or as small as the environment asks."""

import os


def size(name: str, usual: int) -> int:
    """What BENCH_`name` says, else the usual size."""
    return int(os.environ.get(f"BENCH_{name}", usual))
