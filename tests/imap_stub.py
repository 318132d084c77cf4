"""A small IMAP server for what Dovecot cannot play: Gmail's fields, hang-ups, odd answers.

It knows EXAMINE and PEEK only: a command that could change a mailbox gets BAD.
"""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from jeweler_desk.domain.mailbox import MailAccount
from tests.dovecot import PASSWORD, SELLER, make_certificate

_SECTION: Final = re.compile(rb"BODY\.PEEK\[([^\]]*)\](?:<0\.(\d+)>)?")
_PLAIN: Final = "IMAP4rev1"
GMAIL: Final = "IMAP4rev1 UNSELECT IDLE CONDSTORE ENABLE SASL-IR AUTH=XOAUTH2 X-GM-EXT-1"


@dataclass
class StubLetter:
    """One message as the server holds it."""

    uid: int
    raw: bytes
    flags: str = ""
    date: str = "05-Oct-2026 08:00:00 +0000"
    thread: int = 0
    labels: str = ""

    def section(self, name: bytes, most: bytes | None) -> bytes:
        """Return a part of the message as FETCH names it."""
        head, _, text = self.raw.partition(b"\r\n\r\n")
        if name == b"TEXT":
            found = text
        elif not name:
            found = self.raw
        else:
            wanted = {each.upper() for each in name.partition(b"(")[2].rstrip(b")").split()}
            fields = re.findall(rb"[^\r\n]+(?:\r\n[ \t][^\r\n]+)*", head)
            kept = [each for each in fields if each.partition(b":")[0].upper() in wanted]
            found = b"\r\n".join([*kept, b"", b""]) if kept else b"\r\n"
        return found[: int(most)] if most else found


@dataclass
class StubFolder:
    """One folder: its attributes and what lies in it."""

    name: str
    attributes: str = ""
    letters: list[StubLetter] = field(default_factory=list)
    validity: int = 7
    modseq: int = 10

    @property
    def next_uid(self) -> int:
        return max([0, *(each.uid for each in self.letters)]) + 1


@dataclass
class Stub:
    """The server's state; the test changes it between looks."""

    certificate: Path
    folders: list[StubFolder] = field(default_factory=lambda: [StubFolder("INBOX")])
    capability: str = _PLAIN
    greeting: bytes = b"* OK ready"
    token: str = ""
    refused_uids: frozenset[int] = frozenset()
    hangs_up_after: int | None = None
    short_in_quotes: bool = False
    tells_unasked: bytes = b""
    port: int = 0
    commands: list[str] = field(default_factory=list)
    logins: int = 0
    blocks: int = 0

    @property
    def account(self) -> MailAccount:
        return MailAccount(SELLER, "localhost", self.port, SELLER, ca_file=str(self.certificate))

    def folder(self, name: str) -> StubFolder:
        return next(each for each in self.folders if each.name == name)


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    stub: Stub
    context: ssl.SSLContext

    def handle(self) -> None:
        try:
            sock = self.context.wrap_socket(self.request, server_side=True)
        except (OSError, ssl.SSLError):
            return
        with sock, sock.makefile("rb") as lines:
            self._sock, self._lines = sock, lines
            self._folder: StubFolder | None = None
            self._send(self.stub.greeting)
            for line in lines:
                tag, _, rest = line.strip().partition(b" ")
                if not self._answer(tag, rest):
                    return

    def _send(self, *lines: bytes) -> None:
        self._sock.sendall(b"".join(line + b"\r\n" for line in lines))

    def _answer(self, tag: bytes, rest: bytes) -> bool:  # noqa: C901, PLR0912 - one branch for each command
        stub = self.stub
        verb, _, words = rest.partition(b" ")
        verb = verb.upper()
        if verb == b"UID":
            second, _, words = words.partition(b" ")
            verb = b"UID " + second.upper()
        stub.commands.append(verb.decode())
        done = b"OK done"
        if verb == b"CAPABILITY":
            self._send(b"* CAPABILITY " + stub.capability.encode())
        elif verb == b"LOGIN":
            stub.logins += 1
            done = b"OK in" if PASSWORD.encode() in words else b"NO wrong"
        elif verb == b"AUTHENTICATE":
            done = self._token(words)
        elif verb == b"LIST":
            for each in stub.folders:
                self._send(f'* LIST ({each.attributes}) "/" "{each.name}"'.encode())
        elif verb == b"ENABLE":
            self._send(b"* ENABLED " + words)
        elif verb in {b"STATUS", b"EXAMINE"}:
            done = self._counters(verb, words)
        elif verb == b"UID SEARCH":
            found = self._search(words.decode())
            self._send(" ".join(["* SEARCH", *map(str, found)]).encode())
        elif verb == b"UID FETCH":
            answer = self._fetch(words)
            if answer is None:
                return False
            done = answer
        elif verb in {b"UNSELECT", b"CLOSE"}:
            self._folder = None
        elif verb == b"LOGOUT":
            self._send(b"* BYE", tag + b" OK")
            return False
        elif verb != b"NOOP":
            done = b"BAD this server is only for reading"
        self._send(tag + b" " + done)
        return True

    def _token(self, words: bytes) -> bytes:
        _mechanism, _, given = words.partition(b" ")
        if not given:
            self._send(b"+ ")
            given = self._lines.readline().strip()
        told = base64.b64decode(given).decode()
        self.stub.logins += 1
        return b"OK in" if f"Bearer {self.stub.token}\1" in told else b"NO wrong"

    def _counters(self, verb: bytes, words: bytes) -> bytes:
        quoted = re.match(rb'"?([^"]*)"?', words)
        name = quoted[1].decode() if quoted else ""
        folder = next((e for e in self.stub.folders if e.name == name.split(" (")[0]), None)
        if folder is None:
            return b"NO there is none"
        count, following = len(folder.letters), folder.next_uid
        modseq = folder.modseq if "CONDSTORE" in self.stub.capability else None
        if verb == b"STATUS":
            told = f"MESSAGES {count} UIDNEXT {following} UIDVALIDITY {folder.validity}"
            told += f" HIGHESTMODSEQ {modseq}" if modseq else ""
            self._send(f'* STATUS "{folder.name}" ({told})'.encode())
            return b"OK done"
        self._folder = folder
        lines = [f"* {count} EXISTS", f"* OK [UIDVALIDITY {folder.validity}]"]
        lines += [f"* OK [UIDNEXT {following}]"]
        lines += [f"* OK [HIGHESTMODSEQ {modseq}]"] if modseq else []
        self._send(*(line.encode() for line in lines))
        return b"OK [READ-ONLY] done"

    def _search(self, words: str) -> list[int]:
        letters = self._folder.letters if self._folder else []
        found = re.match(r'HEADER Message-ID "(.*)"', words)
        if found:
            return [each.uid for each in letters if f"<{found[1]}>".encode() in each.raw]
        if words.startswith("UID "):
            return [each.uid for each in letters if _names(words[4:], each.uid)]
        return [each.uid for each in letters]

    def _fetch(self, words: bytes) -> bytes | None:
        stub = self.stub
        uids, _, items = words.partition(b" ")
        asked = [
            each
            for each in (self._folder.letters if self._folder else [])
            if _names(uids.decode(), each.uid)
        ]
        if stub.hangs_up_after is not None and stub.blocks >= stub.hangs_up_after:
            return None
        stub.blocks += 1
        if stub.tells_unasked:
            self._send(stub.tells_unasked)
        if any(each.uid in stub.refused_uids for each in asked):
            return b"NO this one cannot be read"
        for number, each in enumerate(asked, 1):
            self._sock.sendall(self._told(number, each, items))
        return b"OK done"

    def _told(self, number: int, letter: StubLetter, items: bytes) -> bytes:
        told = [b"UID %d" % letter.uid]
        for name, value in (
            (b"FLAGS", f"FLAGS ({letter.flags})"),
            (b"INTERNALDATE", f'INTERNALDATE "{letter.date}"'),
            (b"RFC822.SIZE", f"RFC822.SIZE {len(letter.raw)}"),
            (b"X-GM-THRID", f"X-GM-THRID {letter.thread}"),
            (b"X-GM-MSGID", f"X-GM-MSGID {9000 + letter.uid}"),
            (b"X-GM-LABELS", f"X-GM-LABELS ({letter.labels})"),
        ):
            if name in items:
                told.append(value.encode())
        # Bodies first: the order in which items are told is the server's own.
        for section, most in _SECTION.findall(items):
            body = letter.section(section, most or None)
            name = b"BODY[" + section + b"]" + (b"<0>" if most else b"")
            if self.stub.short_in_quotes and b"\r" not in body and b'"' not in body:
                told.insert(0, name + b' "' + body + b'"')
            else:
                told.insert(0, name + b" {%d}\r\n" % len(body) + body)
        return b"* %d FETCH (" % number + b" ".join(told) + b")\r\n"


def _names(uids: str, uid: int) -> bool:
    for piece in uids.split(","):
        low, _, high = piece.partition(":")
        if high == "*" and uid >= int(low):
            return True
        if high != "*" and int(low) <= uid <= int(high or low):
            return True
    return False


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def running_stub(folder: Path) -> Iterator[Stub]:
    """Run the server on loopback until the block ends."""
    certificate, key = make_certificate(folder)
    told = Stub(certificate)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    handler = type("Talk", (_Talk,), {"stub": told, "context": tls})
    with _Server(("127.0.0.1", 0), handler) as server:
        told.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
