"""Small questions asked over a socket: does it answer, is it free?"""

import socket
from contextlib import closing
from pathlib import Path


def answers_ping(path: Path) -> bool:
    """Whether a Redis-compatible server answers on the socket at `path` and has loaded its data."""
    with closing(socket.socket(socket.AF_UNIX)) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def is_free(port: int) -> bool:
    """Whether a program may listen on 127.0.0.1:`port`."""
    with closing(socket.socket()) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(prefer: int = 0) -> int:
    """A free port on loopback: `prefer` if nobody has it."""
    if prefer and is_free(prefer):
        return prefer
    with closing(socket.socket()) as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])
