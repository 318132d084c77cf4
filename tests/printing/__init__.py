"""Printers, with a real CUPS."""
