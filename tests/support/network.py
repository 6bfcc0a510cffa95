"""Tests speak to this machine only: any other address is an error, whoever tries."""

import ipaddress
import socket

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class OutsideWorldError(AssertionError):
    """A test tried to reach another machine."""


def allow_only_loopback() -> None:
    """From now on this process connects to, and asks for the addresses of, this machine alone."""
    socket.socket.connect = _guarded(_connect)
    socket.socket.connect_ex = _guarded(_connect_ex)
    socket.getaddrinfo = _look_up


def _guarded(connect):
    def guard(self, address):
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise OutsideWorldError(f"A test tried to connect to {address[0]}. Tests reach this machine only.")
        return connect(self, address)

    return guard


def _look_up(host, *args, **kwargs):
    if host is not None and not _is_loopback(host):
        raise OutsideWorldError(f"A test asked for the address of {host!r}. Tests reach this machine only.")
    return _getaddrinfo(host, *args, **kwargs)


def _is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
