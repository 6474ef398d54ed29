"""Reading: a session in, frozen rows out."""
