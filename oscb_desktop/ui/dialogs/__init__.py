"""The few questions that stop the window."""
