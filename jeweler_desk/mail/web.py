"""Asking a web server over https and nothing else: verified, small answers, soon or not at all."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.certificates import verified_context
from jeweler_desk.mail.host_names import ascii_host

Road = Callable[[str, int], tuple[str, int]]
"""From a server's name and port to where it is reached."""

_MOST_BYTES: Final = 256 * 1024
_MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_HTTPS: Final = 443


def straight(host: str, port: int) -> tuple[str, int]:
    """Reach a server under its own name."""
    return host, port


@dataclass(frozen=True, slots=True)
class Answer:
    """What a web server said."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Web:
    """The web as this computer reaches it; ``ca_file`` is a further authority to trust."""

    ca_file: str | None = None
    road: Road = field(default=straight)

    def get(self, url: str, seconds: float) -> Answer:
        """Read an address; follows redirections, but only to https. Raises `OSError`."""
        ends_at = time.monotonic() + seconds
        for _ in range(_MOST_REDIRECTS + 1):
            answer, location = self._once("GET", url, None, {}, ends_at)
            if answer.status not in _REDIRECTS or not location:
                return answer
            url = urljoin(url, location)
        raise OSError("too many redirections")

    def post(self, url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
        """Send a form; a redirection is not followed. Raises `OSError`."""
        return self._once("POST", url, body, headers, time.monotonic() + seconds)[0]

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        ends_at: float,
    ) -> tuple[Answer, str | None]:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username is not None:
            raise OSError("not an https address")
        try:
            host, port = ascii_host(parts.hostname), parts.port or _HTTPS
        except (RefusedError, ValueError) as error:
            raise OSError("not a server's name") from error
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        context = verified_context(self.ca_file)
        connection = http.client.HTTPConnection(host, port)
        plain = socket.create_connection(self.road(host, port), _left(ends_at))
        try:
            connection.sock = sock = context.wrap_socket(plain, server_hostname=host)
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            said = _limited(response, sock, ends_at)
            return Answer(response.status, said), response.getheader("Location")
        except (http.client.HTTPException, UnicodeError, ValueError) as error:
            raise OSError("an answer that is none") from error
        finally:
            plain.close()
            connection.close()


def _limited(response: http.client.HTTPResponse, sock: socket.socket, ends_at: float) -> bytes:
    said = bytearray()
    while not response.isclosed():
        sock.settimeout(_left(ends_at))
        piece = response.read1(16 * 1024)
        if not piece:
            break
        said += piece
        if len(said) > _MOST_BYTES:
            raise OSError("an answer too long")
    return bytes(said)


def _left(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left
