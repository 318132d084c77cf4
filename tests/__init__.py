"""The tests, read as the story of the jeweler."""
