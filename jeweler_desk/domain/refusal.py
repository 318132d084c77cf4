"""The base of every refusal: an act that cannot be, told in one sentence."""

from __future__ import annotations


class RefusedError(Exception):
    """An act that cannot be done; its sentence says why and what is safe."""
