"""``python -m jeweler_desk`` is ``jeweler-desk``."""

from jeweler_desk.cli import main

main()
