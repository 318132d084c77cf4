"""The answer of a browser, taken on this computer's own loopback address and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlsplit

_WAIT_SECONDS: Final = 0.2
_READ_SECONDS: Final = 5
_LONGEST: Final = 16_000
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Jeweler Desk</title>
<body style="font:18px/1.5 system-ui;max-width:32em;margin:15vh auto;padding:0 1em">
<p>{words}</p></body></html>"""
_THANKS: Final = "Thank you. Jeweler Desk goes on by itself; you can close this page."
_NOTHING: Final = "There is nothing here."


@dataclass(frozen=True, slots=True)
class Answered:
    """What the browser brought back, and the state by which one knows whose answer it is."""

    state: str
    fields: dict[str, str]


class _Listener(HTTPServer):
    answer: Answered | None = None
    allow_reuse_address = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Take a browser that hangs up for no news; nothing of it is printed."""


class _Page(BaseHTTPRequestHandler):
    server: _Listener
    timeout = _READ_SECONDS

    def do_GET(self) -> None:
        """Take an answer in the address, as RFC 6749 has it."""
        self._take(urlsplit(self.path[:_LONGEST]).query)

    def do_POST(self) -> None:
        """Take an answer as a form, which Microsoft prefers: it stands in no history."""
        length = self.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length) <= _LONGEST:
            self._take(self.rfile.read(int(length)).decode("ascii", "replace"))
        else:
            self._take("")

    def _take(self, query: str) -> None:
        fields = dict(parse_qsl(query))
        is_answer = (
            urlsplit(self.path).path == "/"
            and "state" in fields
            and ("code" in fields or "error" in fields)
        )
        if is_answer:
            self.server.answer = Answered(fields["state"], fields)
        said = _PAGE.format(words=_THANKS if is_answer else _NOTHING).encode()
        self.send_response(200 if is_answer else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(said)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Write nothing: the request holds the code."""


class LoopbackAnswer:
    """Listens on a free port of 127.0.0.1 while its block lasts."""

    def __init__(self, *, is_by_name: bool) -> None:
        self._server = _Listener(("127.0.0.1", 0), _Page)
        self._server.timeout = _WAIT_SECONDS
        # Microsoft takes any port for “localhost” only; RFC 8252 advises the number.
        host = "localhost" if is_by_name else "127.0.0.1"
        self.address = f"http://{host}:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.server_close()

    def next_answer(self) -> Answered | None:
        """Wait a moment for the browser; None when it brought nothing that is an answer."""
        self._server.answer = None
        self._server.handle_request()
        return self._server.answer
