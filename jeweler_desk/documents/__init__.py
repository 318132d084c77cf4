"""Paper: packing slips and cards as PDF files; every word passes one text engine."""
