"""The field's rules and words in plain Python: no database, no window."""
