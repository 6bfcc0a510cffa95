"""Asks this container's web server for a path: python .docker/probe.py /readyz. Exit status 0 when the answer is 200.

It asks by the first of ALLOWED_HOSTS, as a visitor would: the portal answers to no other name, and to no number.
"""

import http.client
import os
import sys


def main(path: str, port: int = 8000) -> int:
    """The exit status: 0 for a 200, else 1."""
    name = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        server.request("GET", path, headers={"Host": name})
        answer = server.getresponse()
        print(answer.status, answer.read(500).decode(errors="replace"))  # noqa: T201 - kept with the container's health
    except OSError as problem:
        print(problem)  # noqa: T201
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2], *map(int, sys.argv[2:])))
