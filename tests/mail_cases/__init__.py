"""The cases of the mail decision table: letters in files, and what they decide."""
