"""Refuse the network to a lesson's code. The kernel's own sockets, on this machine, stay open."""

import sys


def _refuse(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if not isinstance(address, tuple):
            return  # a socket file of this machine
        host = address[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name not in ("None", "", "localhost", "::1") and not name.startswith("127."):
        raise PermissionError(f"A lesson must not use the network, but it asked for {name!r}.")


sys.addaudithook(_refuse)
