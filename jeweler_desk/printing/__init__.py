"""Printers: what the system has, and papers on their way through them."""
