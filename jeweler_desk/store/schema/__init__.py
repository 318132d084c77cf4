"""The tables, topic by topic; what opening needs of them stands in `journalled`."""
