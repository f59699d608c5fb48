"""Lengths of time in TIMEX3 for reckoning: at least how many days, about how many minutes.

Only for comparing. A month has 28 days at least, "months" (``PXM``) are two at least.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LENGTH = re.compile(r"P(T?)(X|\d+(?:\.\d+)?)([SMHDWQY]|MO|NI|AF|EV|DE|CE)")
_LEAST_DAYS = {"D": 1, "W": 7, "M": 28, "Q": 90, "Y": 365, "DE": 3652, "CE": 36524}
_MINUTES = {"TS": 1 / 60, "TM": 1, "TH": 60, "D": 1440, "W": 10080, "M": 43200, "Y": 525600}
_SEVERAL = 2  # "hours": two at least
_MOST_DIGITS = 15


def read_digits(word: str) -> int | None:
    """The number that the digits of a word make: 18 of "18th", 1500 of "1,500"; None for 0, none, and absurdly many."""
    digits = "".join(character for character in word if character.isdecimal())
    return (int(digits) or None) if 0 < len(digits) <= _MOST_DIGITS else None


class Length(NamedTuple):
    """A length in minutes; ``is_open`` where the words name a unit and no number ("several hours")."""

    minutes: float
    is_open: bool
    unit: str


def find_least_days(value: str) -> int | None:
    """The days that a length has at least; None for hours, for parts of a day, and for what is no length."""
    match = _LENGTH.fullmatch(value)
    if match is None or match[1] or match[3] not in _LEAST_DAYS:
        return None
    number = _SEVERAL if match[2] == "X" else float(match[2])
    return int(number * _LEAST_DAYS[match[3]])


def parse_length(value: str) -> Length | None:
    """A TIMEX3 duration for comparing: ``PT2H`` is 120 minutes, as is ``PT120M``. None where the unit has no length.

    Of ``PTXH`` the minutes are the least that "several hours" can be.
    """
    match = _LENGTH.fullmatch(value)
    if match is None or f"{match[1]}{match[3]}" not in _MINUTES:
        return _parse_mixed(value)
    unit = f"{match[1]}{match[3]}"
    number = _SEVERAL if match[2] == "X" else float(match[2])
    return Length(number * _MINUTES[unit], match[2] == "X", unit)


def _parse_mixed(value: str) -> Length | None:
    """``PT1H30M``."""
    match = re.fullmatch(r"PT(\d+)H(\d+)M", value)
    return Length(60 * int(match[1]) + int(match[2]), False, "TM") if match else None
