"""When a backup is due, what it is called, and which are kept, by their moments alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SUFFIX = ".oscb"
BEFORE_IMPORT, BEFORE_UPGRADE, REPLACED = "before import", "before upgrade", "replaced"

INTERVAL = timedelta(minutes=30)
"""How long work may go on without a backup (setting)."""

PROOF_INTERVAL = timedelta(days=1)
"""How often the newest backup is proven (setting)."""

ALL_DAYS, DAYS, WEEKS, MONTHS = 2, 12, 10, 9
"""All of the newest days, then the last backup of so many days, weeks and months (setting)."""

SAFETY_AGE = timedelta(days=366)
"""How long a copy made before an import or an upgrade is kept (setting)."""

_NAME = re.compile(
    rf"(?P<stem>.+?)(?: (?P<occasion>{BEFORE_IMPORT}|{BEFORE_UPGRADE}|{REPLACED}))?"
    r" (?P<day>\d{4}-\d\d-\d\d) (?P<time>\d{4}(?:\d\d)?)(?: (?P<number>\d{1,4}))?"
    rf"{re.escape(SUFFIX)}",
    re.DOTALL | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class BackupName:
    """What the name of a copy tells: of which file, when and on what occasion it was made.

    ``occasion`` is empty for a plain backup; ``number`` tells copies of the same minute apart.
    """

    stem: str
    made_at: datetime
    occasion: str = ""
    number: int = 1

    def written(self) -> str:
        """Return the name of the file, such as ``Reviews 2022-03-25 1558.oscb``."""
        occasion = f" {self.occasion}" if self.occasion else ""
        number = f" {self.number}" if self.number > 1 else ""
        return f"{self.stem}{occasion} {self.made_at:%Y-%m-%d %H%M}{number}{SUFFIX}"

    @property
    def is_safety(self) -> bool:
        """Whether it was made before something large, and is kept for its age alone."""
        return self.occasion in (BEFORE_IMPORT, BEFORE_UPGRADE)

    def order(self) -> datetime:
        """Return the moment by which copies are ordered, those of one minute by their number."""
        return self.made_at + timedelta(microseconds=self.number - 1)


def read_name(name: str) -> BackupName | None:
    """Return what the name of a file tells, or None when it is not the name of a copy."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    pattern = "%Y-%m-%d %H%M%S" if len(found["time"]) == 6 else "%Y-%m-%d %H%M"
    try:
        made_at = datetime.strptime(f"{found['day']} {found['time']}", pattern)  # noqa: DTZ007
    except ValueError:
        return None
    return BackupName(found["stem"], made_at, found["occasion"] or "", int(found["number"] or 1))


def is_time(last: datetime | None, now: datetime, interval: timedelta = INTERVAL) -> bool:
    """Whether so much time has passed since the last one; one from the future does not count."""
    return last is None or last > now or now - last >= interval


def is_aged(made_at: datetime, now: datetime) -> bool:
    """Whether a backup made before something large has been kept long enough."""
    return now - made_at > SAFETY_AGE


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return the backups to keep: all of the newest days, then the last of each day, week, month.

    Each tier begins where the one before it ends, so that together they reach back for a year.
    """
    newest_first = sorted(set(moments), reverse=True)
    keep: set[datetime] = set()
    tiers = [_Tier(DAYS, _day), _Tier(WEEKS, _week), _Tier(MONTHS, _month)]
    for moment in newest_first:
        recent = (newest_first[0].date() - moment.date()).days < ALL_DAYS
        if recent or any(tier.takes(moment) for tier in tiers):
            keep.add(moment)
            for tier in tiers:
                tier.seen.add(tier.period(moment))
    return frozenset(keep)


class _Tier:
    """So many periods, of each of which one backup is kept."""

    def __init__(self, left: int, period: Callable[[datetime], object]) -> None:
        self._left = left
        self.period = period
        self.seen: set[object] = set()

    def takes(self, moment: datetime) -> bool:
        if not self._left or self.period(moment) in self.seen:
            return False
        self._left -= 1
        return True


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return (moment.year, moment.month)
