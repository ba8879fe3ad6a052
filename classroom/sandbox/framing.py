"""Frames on a socket: four bytes of length, then JSON. Neither side trusts the other to send a whole one."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct(">I")
MAX_FRAME_BYTES = 8_000_000  # no frame is longer; the largest is a long value, or a cell's pictures in base64


class FramingError(Exception):
    """The other side closed the channel, stalled, or sent what is no frame."""


class FramingTimeout(FramingError):
    """The other side took too long."""


def send(channel: socket.socket, message: dict[str, Any], deadline: float | None = None) -> None:
    """Send one message.

    Parameters
    ----------
    channel : socket.socket
        A connected stream.
    message : dict
        Plain values only.
    deadline : float, optional
        When to give up, by ``time.monotonic``; never by default.

    Raises
    ------
    FramingTimeout
        If the other side did not read it in time.
    FramingError
        If the channel is closed, or the message is too long.
    """
    body = json.dumps(message).encode("ascii")
    if len(body) > MAX_FRAME_BYTES:
        raise FramingError(f"a message of {len(body)} bytes is longer than {MAX_FRAME_BYTES}")
    _wait_until(channel, deadline)
    try:
        channel.sendall(_LENGTH.pack(len(body)) + body)
    except TimeoutError:
        raise FramingTimeout("the other side does not read") from None
    except OSError as problem:
        raise FramingError(str(problem)) from None


def receive(channel: socket.socket, deadline: float | None = None) -> bytes:
    """Receive the body of one frame, as it came.

    Parameters
    ----------
    channel : socket.socket
        A connected stream.
    deadline : float, optional
        When to give up, by ``time.monotonic``; never by default. It holds for the whole frame, however slowly it drips.

    Returns
    -------
    bytes
        The body: JSON, if the sender is honest.

    Raises
    ------
    FramingTimeout
        If no whole frame came in time.
    FramingError
        If the channel is closed, or the frame says that it is too long.
    """
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, deadline))
    if length > MAX_FRAME_BYTES:
        raise FramingError(f"a frame of {length} bytes is longer than {MAX_FRAME_BYTES}")
    return _exactly(channel, length, deadline)


def pending(channel: socket.socket) -> bool:
    """Say whether something came that was not asked for, or the channel is closed."""
    channel.setblocking(False)
    try:
        channel.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _exactly(channel: socket.socket, count: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        _wait_until(channel, deadline)
        try:
            part = channel.recv(min(count - len(parts), 1 << 20))
        except TimeoutError:
            raise FramingTimeout("the other side does not answer") from None
        except OSError as problem:
            raise FramingError(str(problem)) from None
        if not part:
            raise FramingError("the other side closed the channel")
        parts += part
    return bytes(parts)


def _wait_until(channel: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        channel.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise FramingTimeout("the time is up")
    channel.settimeout(left)
