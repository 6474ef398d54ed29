"""How long to wait after wrong passphrases: five are free, then each answer comes later."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

FREE = 5
_FIRST, _LONGEST = 2, 60


def seconds_to_wait(wrong: int, last: datetime, now: datetime) -> int:
    """Return the whole seconds until the next passphrase is looked at, 0 for at once.

    ``wrong`` counts the wrong ones since the last right one, ``last`` is the moment of the last.
    The waits are 2, 4, 8 ... seconds and never more than 60, also where a clock was set back.
    """
    if wrong < FREE:
        return 0
    pause = min(_FIRST << min(wrong - FREE, _LONGEST), _LONGEST)
    passed = now - last
    if passed < timedelta(0):
        return 0
    return max(0, math.ceil(pause - passed.total_seconds()))
