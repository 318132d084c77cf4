"""The one SQLite file: one repository per topic, and the only SQL of the program."""
