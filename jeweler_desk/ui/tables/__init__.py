"""Tables that read by pages, and their columns."""
