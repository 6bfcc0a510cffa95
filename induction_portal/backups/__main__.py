"""python -m induction_portal.backups backup FOLDER | restore FILE [--replace]"""

import argparse
import sys
from pathlib import Path

from ..embedded.errors import EmbeddedError
from .backup import back_up
from .database import the_database
from .errors import BackupError
from .restore import restore


def main() -> int:
    """Returns the exit status: 0 when done, 1 when something went wrong."""
    chosen = _arguments()
    try:
        if chosen.command == "backup":
            with the_database(may_be_running=True) as database:
                file = back_up(database, chosen.folder)
            _say(f"{file}\nKeep a copy elsewhere, and SECRET_KEY apart from it. Restore with: bin/restore {file}")
        else:
            with the_database(may_be_running=False) as database:
                _say(restore(database, chosen.file, replace=chosen.replace))
    except (BackupError, EmbeddedError) as problem:
        print(f"bin/{chosen.command}: {problem}", file=sys.stderr)  # noqa: T201 - the terminal is where this belongs
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin", description="Backs up and restores the portal's database.")
    commands = parser.add_subparsers(dest="command", required=True)
    backup = commands.add_parser("backup", prog="bin/backup", description="Writes one file into FOLDER.")
    backup.add_argument("folder", metavar="FOLDER", type=Path)
    again = commands.add_parser("restore", prog="bin/restore", description="Puts back what FILE holds, all or nothing.")
    again.add_argument("file", metavar="FILE", type=Path)
    again.add_argument("--replace", action="store_true", help="remove what the database holds now")
    return parser.parse_args()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the terminal is where this belongs


if __name__ == "__main__":
    sys.exit(main())
