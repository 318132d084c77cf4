"""Three hundred mails made to stop a reader, grown from seeds: the same ones every time."""

from __future__ import annotations

import base64
import quopri
import zlib
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

HOW_MANY: Final = 300
_ODD_CHARSETS: Final = (
    "utf-7", "utf-16", "idna", "punycode", "rot13", "hex", "unicode_escape", "raw_unicode_escape",
    "undefined", "x-unknown", "none", "", "\x00", "iso-2022-jp", "hz", "utf-32", "cp65001", "bz2",
    "zlib", "uu", "mbcs", "oem", "a" * 3000, "utf-8\r\nX: y", "=?utf-8?q?x?=",
)  # fmt: skip
_ODD_DATES: Final = (
    "Mon, 32 Foo 2026 25:61:61 +9900", "01/02/2024", "", "Mon, 05 Oct 2026 08:00:00 -0000",
    "Mon, 05 Oct 99999999 08:00:00 +0000", "Mon, 05 Oct 0001 00:00:00 +2359", "now", "-1",
    "Mon, 05 Oct 2026 08:00:00 CEST", "9" * 5000, "Mon, 05 Oct 2026 08:00:00 +" + "9" * 400,
    "(((((" * 2000, "Sat, 31 Dec 9999 23:59:59 -2359",
)  # fmt: skip
_ODD_NAMES: Final = (
    "\u202egnp.exe\u202c", "\u2066Anna\u2069", "Anna\x00Berg", "Anna\x1b[31m", "a\u0300" * 5000,
    "\ud83d", "\U000e0001tag", "=?utf-8?b?" + "A" * 60000 + "?=", "=?x?q?=ZZ?=", '"' * 4001,
    "(" * 3000, "<" * 3000, "@" * 3000, "a:b;c:d;" * 800, "\\" * 5001, "\u200f\u200e\u061c",
)  # fmt: skip


def _fields(dice: Random, **more: str | bytes) -> bytes:
    """Return a usual head with odd fields of any name mixed in."""
    cells: dict[str, str | bytes] = {
        "From": "Anna <anna@c.test>",
        "To": "maker@shop.test",
        "Subject": "Ring",
        "Date": "Mon, 05 Oct 2026 08:00:00 +0000",
        "Message-ID": f"<h{dice.random()}@c.test>",
        "MIME-Version": "1.0",
    }
    lines = []
    for name, value in (
        cells | {key.replace("_", "-"): each for key, each in more.items()}
    ).items():
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        lines.append(name.encode() + b": " + raw)
    return b"\r\n".join(lines) + b"\r\n"


def _header_bomb(dice: Random) -> bytes:
    kind = dice.randrange(6)
    if kind == 0:
        return _fields(dice) + b"".join(b"X-%d: y\r\n" % n for n in range(40_000)) + b"\r\nHi?"
    if kind == 1:
        return _fields(dice, Subject="x" * 2_000_000) + b"\r\nHi?"
    if kind == 2:
        return _fields(dice) + b"To: a@b.c,\r\n" * 30_000 + b"\r\nHi?"
    if kind == 3:
        return _fields(dice, Subject="=?utf-8?q?a?= " * 40_000) + b"\r\nHi?"
    if kind == 4:
        return _fields(dice, X_Fold="a" + "\r\n b" * 200_000) + b"\r\nHi?"
    return _fields(dice, Received="x; " * 200_000) * 2 + b"\r\nHi?"


def _nest(dice: Random) -> bytes:
    depth = dice.choice((50, 200, 200, 1000))
    kind = dice.choice(("multipart/mixed", "multipart/alternative", "message/rfc822", "mixture"))
    lines = [_fields(dice).rstrip(b"\r\n")]
    for level in range(depth):
        if kind == "message/rfc822" or (kind == "mixture" and level % 2):
            lines.append(b"Content-Type: message/rfc822\r\n\r\nSubject: in")
        else:
            name = kind.encode() if kind != "mixture" else b"multipart/mixed"
            lines.append(b"Content-Type: %s; boundary=b%d\r\n\r\n--b%d" % (name, level, level))
    return b"\r\n".join(lines) + b"\r\nContent-Type: text/plain\r\n\r\nWhich size?\r\n"


def _many_parts(dice: Random) -> bytes:
    count = dice.choice((300, 300, 10_000))
    head = _fields(dice, Content_Type="multipart/mixed; boundary=b")
    return head + b"\r\n" + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count + b"--b--\r\n"


def _charset(dice: Random) -> bytes:
    name = dice.choice(_ODD_CHARSETS)
    kind = dice.choice(("text/plain", "text/html", "text/calendar"))
    body = dice.randbytes(dice.choice((0, 50, 20_000)))
    subject = f"=?{name}?{dice.choice('qQbBx')}?Ring=FF=00?="
    return _fields(dice, Content_Type=f"{kind}; charset={name}", Subject=subject) + b"\r\n" + body


def _date(dice: Random) -> bytes:
    stamp = dice.choice(_ODD_DATES)
    received = f"from x by y; {dice.choice(_ODD_DATES)}"
    return _fields(dice, Date=stamp, Received=received) + b"\r\nWhen?"


def _encoding(dice: Random) -> bytes:
    size = dice.choice((10, 100_000, 800_000))
    bodies: dict[str, bytes] = {
        "base64": base64.b64encode(zlib.compress(b"\x00" * size)) + b"==*!",
        "quoted-printable": quopri.encodestring(dice.randbytes(min(size, 20_000))) + b"=\n=ZZ=3",
        "x-uuencode": b"begin 666 a\n" + b"M" + b"\xff" * 60 + b"\n" * 2000,
        "gzip": zlib.compress(b"a" * size),
        "binary": dice.randbytes(size),
        "x" * 4000: b"=" * size,
    }
    name = dice.choice(sorted(bodies))
    head = _fields(dice, Content_Transfer_Encoding=name, Content_Type="text/html")
    return head + b"\r\n" + bodies[name]


def _person(dice: Random) -> bytes:
    name = dice.choice(_ODD_NAMES)
    field = dice.choice(("From", "Reply-To", "To", "Cc", "Sender", "Subject"))
    return _fields(dice, **{field: f"{name} <anna@c.test>"}) + b"\r\nHi?"


def _ids(dice: Random) -> bytes:
    own = f"<{dice.choice(('loop', 'x' * 90_000, 'a b', '', '[e@x]', '..'))}@c.test>"
    chain = " ".join(f"<{dice.randrange(50)}@c.test>" for _ in range(dice.choice((1, 900, 9000))))
    return _fields(dice, Message_ID=own, In_Reply_To=own + own, References=chain) + b"\r\nHi?"


def _huge(dice: Random) -> bytes:
    size = dice.choice((400_000, 2_000_000))
    filler = dice.choice(
        (b"a", b"> ", b"\r\n", b"a@", b"<", b"On x wrote:\n", b"Name: x\n", b"=\n")
    )
    kind = dice.choice(("text/plain", "text/html"))
    return _fields(dice, Content_Type=kind) + b"\r\n" + (filler * size)[:size]


def _zeros(dice: Random) -> bytes:
    raw = bytearray(_fields(dice, Content_Type="text/plain") + b"\r\nWhich size is it?")
    for _ in range(dice.choice((1, 40, 400))):
        raw[dice.randrange(len(raw))] = dice.choice((0, 10, 13, 27, 128, 255))
    return bytes(raw)


def _noise(dice: Random) -> bytes:
    return dice.randbytes(dice.choice((1, 100, 5000))) + _fields(dice)[: dice.randrange(200)]


def _report(dice: Random) -> bytes:
    head = _fields(dice, Content_Type="multipart/report; report-type=delivery-status; boundary=b")
    fields = (
        b"Final-Recipient: rfc822; "
        + b"a@" * dice.choice((1, 20_000))
        + b"\r\nAction: failed\r\n\r\n"
    )
    block = b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + fields * dice.choice((1, 60))
    return (
        head
        + b"\r\n"
        + block
        + b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + head
        + b"\r\n--b--"
    )


_KINDS: Final[tuple[Callable[[Random], bytes], ...]] = (
    _header_bomb, _nest, _many_parts, _charset, _date, _encoding, _person, _ids, _huge, _zeros,
    _noise, _report,
)  # fmt: skip


def hostile_letters() -> Iterator[tuple[str, bytes]]:
    """Return every letter with its name."""
    for number in range(HOW_MANY):
        dice = Random(number)  # noqa: S311 - the same letters every time
        make = _KINDS[number % len(_KINDS)]
        yield f"{number}-{make.__name__.strip('_')}", make(dice)
