"""The prints of an order as JSON."""

from __future__ import annotations

from typing import Any

from jeweler_desk.cli.output import instant_json
from jeweler_desk.domain.printed_copy import PrintedCopy


def print_json_of(printed: PrintedCopy) -> dict[str, Any]:
    """Write one print; ``printer`` is null where the paper was made as a file.

    ``version`` is the digest of what it says of its order, ``file`` that of the file which went to
    the printer.
    """
    return {
        "kind": printed.kind,
        "at": instant_json(printed.printed_at),
        "copy": printed.copy,
        "printer": printed.printer,
        "out_of_date": printed.is_out_of_date,
        "version": printed.says,
        "file": printed.file_hash,
    }
