"""OSCB Desktop: a safeguarding practice review secretariat's records, clocks and papers."""

__version__ = "0.1.0"
