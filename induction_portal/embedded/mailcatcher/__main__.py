"""python -m induction_portal.embedded.mailcatcher FOLDER SMTP_PORT HTTP_PORT [ADDRESS]

ADDRESS is where both listen: loopback unless a container, whose own loopback nobody reaches, says otherwise.
"""

import signal
import sys
from pathlib import Path

from .server import serve


def _stop(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
