"""Days that every outlet can hold: pages, archives, workbooks, PDFs; whatever a clock says.

A commit may claim any second of its own, and so may SOURCE_DATE_EPOCH: archives know no year after
2107, Python none after 9999. A day out of these bounds becomes the bound.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta

from handbook.base.words import words

EARLIEST = date(1970, 1, 1)
LATEST = date(2107, 12, 31)

_EPOCH = "SOURCE_DATE_EPOCH"
_DAY = re.compile(r"(\d+)-(\d\d)-(\d\d)")


def from_seconds(seconds: int) -> date:
    """The day (UTC) of so many seconds after 1970-01-01."""
    days, _ = divmod(seconds, 86_400)
    return EARLIEST + timedelta(min(max(days, 0), (LATEST - EARLIEST).days))


def from_text(written: str) -> date | None:
    """The day that git writes as `2026-11-22`, in any year; None if it has none for a commit."""
    day = _DAY.fullmatch(written)
    if not day:
        return None
    if len(day[1]) > len("9999"):
        return LATEST
    return min(max(date(int(day[1]) or 1, int(day[2]), int(day[3])), EARLIEST), LATEST)


def given() -> date | None:
    """The day of SOURCE_DATE_EPOCH; None if it is not set, or no number of seconds."""
    seconds = _given_seconds()
    return None if seconds is None else from_seconds(seconds)


def today() -> date:
    """The day of SOURCE_DATE_EPOCH, else today's (UTC)."""
    return given() or datetime.now(UTC).date()


def settle() -> None:
    """Have MkDocs, which reads SOURCE_DATE_EPOCH too, and fails on others, read what `given` does.

    A moment within the bounds stays as it is; what is no number of seconds is taken away.
    """
    seconds = _given_seconds()
    if seconds is None:
        os.environ.pop(_EPOCH, None)
    elif (day := from_seconds(seconds)) == LATEST:
        os.environ[_EPOCH] = str((day - EARLIEST).days * 86_400)


def _given_seconds() -> int | None:
    written = os.environ.get(_EPOCH, "")
    # Python reads no number of 5,000 digits; past the bounds all of them mean the same.
    return int(written[:20]) if written.isascii() and written.isdigit() else None


def in_words(day: date, language: str) -> str:
    """`day` as it is written in `language`: 2026 年 11 月 2 日, 2 November 2026."""
    return words(language)("day", day=day)
