"""A review's page and its sections, in the order in which it is read."""
