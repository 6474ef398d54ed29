"""Moments are kept in universal time and shown in the time of the laptop."""

from __future__ import annotations

from datetime import UTC, datetime


def local_time(kept: datetime) -> datetime:
    """Return a kept moment on this laptop's clock."""
    return kept.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
