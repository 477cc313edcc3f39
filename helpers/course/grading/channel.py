"""A pipe between the grader and a student's process that carries JSON, and nothing else."""

import json
import socket
import struct
import time
from typing import Any

MOST_BYTES = 16 * 2**20  # of one message
_HEADER = struct.Struct("!I")


class Closed(ConnectionError):
    """The other side is gone."""


class Garbled(ValueError):
    """The other side does not keep to the protocol."""


class Channel:
    """Messages of JSON over a socket, each with its length before it.

    Parameters
    ----------
    connection : socket.socket
        One end of a pair of stream sockets.
    most : int
        Bytes of the largest message.
    """

    def __init__(self, connection: socket.socket, most: int = MOST_BYTES) -> None:
        self._connection = connection
        self._most = most
        self._held = bytearray()  # of a message that has not come to its end
        self.received = 0  # bytes in all

    def send(self, message: dict[str, Any], deadline: float | None = None) -> None:
        """Send a message; raises what `send_text` does."""
        self.send_text(json.dumps(message, separators=(",", ":")), deadline)

    def send_text(self, text: str, deadline: float | None = None) -> None:
        """Send a message that is JSON already.

        Raises
        ------
        Closed
            If the other side is gone.
        TimeoutError
            If it has not read the message by the `deadline`, on the monotonic clock.
        Garbled
            If the message is too large.
        """
        data = text.encode()
        if len(data) > self._most:
            raise Garbled(f"A message of {len(data)} bytes is too large.")
        try:
            self._wait_until(deadline)
            self._connection.sendall(_HEADER.pack(len(data)) + data)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from None

    def receive(self, deadline: float | None = None) -> dict[str, Any]:
        """Receive a message.

        Raises
        ------
        Closed
            If the other side is gone.
        TimeoutError
            If nothing whole has come by the `deadline`. It can be waited for again.
        Garbled
            If what came is no message.
        """
        self._hold(_HEADER.size, deadline)
        (length,) = _HEADER.unpack(self._held[: _HEADER.size])
        if length > self._most:
            raise Garbled(f"A message of {length} bytes is too large.")
        self._hold(_HEADER.size + length, deadline)
        text, self._held = bytes(self._held[_HEADER.size :]), bytearray()
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            raise Garbled("What came is not JSON.") from None
        if not isinstance(message, dict):
            raise Garbled("What came is not a message.")
        return message

    def close(self) -> None:
        """Close this end."""
        self._connection.close()

    def _hold(self, length: int, deadline: float | None) -> None:
        """Hold so many bytes of a message; what has come when time is up is held as well."""
        data = self._held
        while len(data) < length:
            if data and deadline is not None and time.monotonic() > deadline:
                raise TimeoutError  # though some more of it may come, a byte at a time
            self._wait_until(deadline)
            try:
                part = self._connection.recv(min(length - len(data), 2**20))
            except TimeoutError:
                raise
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("The other side is gone.")
            data += part
            self.received += len(part)

    def _wait_until(self, deadline: float | None) -> None:
        """Let the next operation on the socket last until the deadline at most."""
        if deadline is None:
            self._connection.settimeout(None)
        else:
            self._connection.settimeout(max(deadline - time.monotonic(), 1e-3))
