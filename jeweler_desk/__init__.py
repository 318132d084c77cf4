"""Jeweler Desk: orders, papers and letters of one home jeweler, on her own computer."""

__version__ = "0.1.0"
