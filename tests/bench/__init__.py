"""How fast the desk is beside what it stands on: ``python -m tests.bench [ROW ...]``."""
