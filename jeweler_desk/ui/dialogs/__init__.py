"""Forms that ask for something and give back a value, or nothing."""
