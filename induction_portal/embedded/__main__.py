"""python -m induction_portal.embedded [--reset] [--empty]: the demo, in the foreground."""

import argparse
import sys

from .demo import Demo, port_from_environment
from .errors import EmbeddedError
from .folders import lock, state_folder
from .supervisor import StopRequestedError, say


def main() -> int:
    """Returns the exit status: 0 after a requested stop, 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="bin/demo", description="Runs the whole portal on this machine.")
    parser.add_argument("--reset", action="store_true", help="forget all data and start the story afresh")
    parser.add_argument("--empty", action="store_true", help="do not load the story into an empty database")
    chosen = parser.parse_args()
    try:
        state = state_folder()
        with lock(state / "lock"):
            demo = Demo(state, port_from_environment(), with_story=not chosen.empty)
            if chosen.reset:
                demo.reset()
            demo.run()
    except StopRequestedError:
        say("Stopped.")
    except EmbeddedError as problem:
        print(f"bin/demo: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
