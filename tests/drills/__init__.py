"""Drills of what must never be lost or told: killed, refused by the disk, spoilt, and read."""
