"""A small internet on loopback: an authority, web servers and a name server of a test's own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import dns.message
import dns.rrset
import trustme

Page = tuple[int, bytes, Mapping[str, str]]
Asked = Callable[[dict[str, str], dict[str, str]], Page]
"""Makes a page from the fields of the question: those of the address and those of the form."""


def page(body: bytes, status: int = 200, **headers: str) -> Page:
    return status, body, headers


class Authority:
    """An authority that only this test's programs trust."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.file = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(self.file)

    def server_context(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names).configure_cert(context)
        return context


class WebServer:
    """Answers https for some names; notes what was asked."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.pages: dict[tuple[str, str], Page | Asked] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

            def _answer(self, body: bytes) -> None:
                host = (self.headers.get("Host") or "").partition(":")[0]
                outer.asked.append(f"{host}{self.path}")
                path, _, query = self.path.partition("?")
                found = outer.pages.get((host, path), page(b"nothing here", 404))
                if callable(found):
                    found = found(dict(parse_qsl(query)), dict(parse_qsl(body.decode())))
                status, said, headers = found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's
                del format, args

        class Server(ThreadingHTTPServer):
            daemon_threads = False
            block_on_close = True

            def get_request(self) -> tuple[socket.socket, Any]:
                plain, address = self.socket.accept()
                plain.settimeout(5)
                return (context.wrap_socket(plain, server_side=True) if context else plain), address

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def road(self, host: str, port: int) -> tuple[str, int]:
        """All names of the web lead here."""
        del host, port
        return "127.0.0.1", self.port

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def web_server(context: ssl.SSLContext | None) -> Iterator[WebServer]:
    server = WebServer(context)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def name_server(records: Mapping[tuple[str, str], list[str]]) -> Iterator[tuple[str, int]]:
    """Answer questions for records over UDP, as a name server does; others do not exist."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.settimeout(0.05)
    is_open = threading.Event()
    is_open.set()

    def serve() -> None:
        while is_open.is_set():
            try:
                asked, where = listener.recvfrom(4096)
            except TimeoutError:
                continue
            query = dns.message.from_wire(asked)
            answer = dns.message.make_response(query)
            question = query.question[0]
            kind = dns.rdatatype.to_text(question.rdtype)
            values = records.get((question.name.to_text(omit_final_dot=True), kind), [])
            if values:
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *values))
            listener.sendto(answer.to_wire(), where)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield "127.0.0.1", listener.getsockname()[1]
    finally:
        is_open.clear()
        thread.join()
        listener.close()
