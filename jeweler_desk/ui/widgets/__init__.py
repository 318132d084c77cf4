"""The parts the pages are made of."""
