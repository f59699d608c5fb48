"""Hours of an evening in words ("shortly before midnight", "past 2 a.m.") for comparing, as minutes of the day.

Hours up to six in the morning count as those of the evening before: what ended at 2 a.m. ended after midnight.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DAY = 24 * 60
_EARLY = 6 * 60
# How far "shortly before", "around" and a plain hour reach, in minutes.
_SHORTLY, _AROUND, _AT = 60, 30, 10
_NAMED = {"midnight": _DAY, "noon": 12 * 60, "midday": 12 * 60, "dawn": _DAY + 5 * 60, "sunrise": _DAY + _EARLY}
_HOUR = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*(a\.?m\.?|p\.?m\.?|o'clock)?(?!\w)")
_SHORT = re.compile(r"\b(shortly|just|soon|minutes|a little|slightly)\b")


class Clock(NamedTuple):
    """Minutes after the midnight with which the day begins, both inclusive."""

    first: int
    last: int


def find_clock(words: str) -> Clock | None:
    """The hours that words allow; None where they name no hour."""
    at = _find_hour(words)
    if at is None:
        return None
    is_short = bool(_SHORT.search(words))
    if re.search(r"\bwell (past|after|into|beyond)\b", words):
        return Clock(at + 15, at + _EARLY)
    if re.search(r"\b(past|after|beyond|into)\b", words):
        return Clock(at, at + (_SHORTLY if is_short else _EARLY))
    if re.search(r"\b(before|toward|towards|by)\b", words):
        return Clock(at - (_SHORTLY if is_short else 4 * 60), at)
    if re.search(r"\b(about|around|near|nearly|almost|close to)\b", words):
        return Clock(at - _AROUND, at + _AROUND)
    return Clock(at - _AT, at + _AT)


def _find_hour(words: str) -> int | None:
    for name, minutes in _NAMED.items():
        if re.search(rf"\b{name}\b", words):
            return minutes
    match = _HOUR.search(words)
    if match is None or int(match[1]) > 24 or not (match[2] or match[3]):
        return None
    hour, half = int(match[1]), (match[3] or "")[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    minutes = 60 * hour + int(match[2] or 0)
    return minutes + _DAY if minutes <= _EARLY else minutes
