"""A changed file as bytes: the same whenever the same pages are changed the same way."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from typing import Any, Final

_NAMES: Final = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")


def saved_file(document: Any) -> bytes:
    """Return a document of pypdfium2 as a file; the names that it draws by lot follow its bytes."""
    file = io.BytesIO()
    document.save(file)
    whole = file.getvalue()
    found = [each.span() for each in _NAMES.finditer(whole)]
    if not found:
        return whole
    begin, end = found[-1]  # the trailer's, which stands last
    rest = whole[:begin], whole[end:]
    name = sha256(b"".join(rest)).hexdigest()[:32].upper().encode()
    return rest[0] + b"/ID[<" + name + b"><" + name + b">]" + rest[1]
