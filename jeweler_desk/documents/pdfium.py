"""The one turn at PDFium: its library may be at work in a single thread at a time."""

from __future__ import annotations

import threading
from typing import Final

TURN: Final = threading.RLock()
"""Held around every use of `pypdfium2`: the window looks at papers while others are printed."""
