"""The one text engine: faces by coverage, direction, shaping, line breaking, placing."""
