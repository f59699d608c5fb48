"""A register's rows for comparing: stays of a person in a state, and how a stay's place fits an engagement's.

Rows that follow each other without a day or a country between them are one stay, as a register gives one journey town
by town. A state that is gone is the land of its successors too: Moscow lies in Russia, and in the U.S.S.R. of 1988.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from communique.link.intervals import Interval
from communique.link.places import Level, PlaceRelation, Spot, compare_spots, find_territory, make_spot
from communique.model import Place, RegisterRow
from communique.tables import load_table
from communique.text.names import fold_name

_INSIDE = re.compile(r"\(([^)]*)\)")
_COUNTRY_FIRST = re.compile(r"(?P<country>[^,]+), (?P<before>.+)")
_BETWEEN = re.compile(r"[,;/()]|\band\b")


class Fit(IntEnum):
    """How a row's place stands to where an engagement took place; the larger, the better."""

    ELSEWHERE = 0  # another state
    OTHER_TOWN = 1  # the state agrees, the town does not
    UNKNOWN = 2  # no report says where
    STATE = 3
    TOWN = 4


@dataclass(frozen=True, slots=True)
class Stay:
    """Rows of one person in one state, day after day."""

    rows: tuple[RegisterRow, ...]

    @property
    def days(self) -> Interval:
        return Interval(min(row.start for row in self.rows), max(row.end for row in self.rows))


@lru_cache(maxsize=4096)
def find_country(words: str) -> str | None:
    """The code of a register's country: "U.S.S.R.", "Korea, Republic of", "Burma (Myanmar)"; None if unknown."""
    plain = _INSIDE.sub("", words).strip()
    turned = _COUNTRY_FIRST.fullmatch(plain)
    forms = [words, *([f"{turned['before']} {turned['country']}"] if turned else []), plain, *_INSIDE.findall(words)]
    return next((code for form in forms if (code := find_territory(form))), None)


def is_same_state(a: str, b: str) -> bool:
    """True for one state, and for a state that is gone with one that came after it."""
    return a == b or b in _find_successors(a) or a in _find_successors(b)


def _find_successors(code: str) -> Sequence[str]:
    row: Mapping[str, Sequence[str]] = load_table("territories").get(code, {})
    return row.get("successors", ())


def find_stays(rows: Iterable[RegisterRow]) -> dict[str, list[Stay]]:
    """Registered name -> stays in the order of their days."""
    by_name: defaultdict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
    stays: dict[str, list[Stay]] = {}
    for name, own in by_name.items():
        chains: list[list[RegisterRow]] = []
        for row in sorted(own, key=lambda row: (row.start, row.end, row.line)):
            if chains and _goes_on(chains[-1], row):
                chains[-1].append(row)
            else:
                chains.append([row])
        stays[name] = [Stay(tuple(chain)) for chain in chains]
    return stays


def _goes_on(chain: Sequence[RegisterRow], row: RegisterRow) -> bool:
    return _name_country(chain[-1]) == _name_country(row) and (row.start - max(r.end for r in chain)).days <= 1


def _name_country(row: RegisterRow) -> str:
    return find_country(row.country) or fold_name(row.country)


def find_fit(spots: Iterable[Spot], row: RegisterRow) -> Fit:
    """How a row's place fits the places that reports give; UNKNOWN when of none the state is known, nor the row's."""
    spots, towns = tuple(spots), find_towns(row)
    if any(compare_spots(spot, town) is PlaceRelation.SAME for spot in spots for town in towns):
        return Fit.TOWN
    told = [spot for spot in spots if spot.territory]
    if not told:
        return Fit.UNKNOWN
    countries = {code for code in (find_country(row.country), *(town.territory for town in towns)) if code}
    near = [spot for spot in told if any(is_same_state(spot.territory, code) for code in countries)]
    if not near:
        return Fit.ELSEWHERE
    cities = [spot for spot in near if spot.level is Level.CITY]
    if not cities or not towns:
        return Fit.STATE
    remarks = f" {fold_name(row.remarks)} "
    return Fit.TOWN if any(f" {spot.name} " in remarks for spot in cities) else Fit.OTHER_TOWN


@lru_cache(maxsize=8192)
def find_towns(row: RegisterRow) -> tuple[Spot, ...]:
    """The towns of a row's locality, in its state, or in the one that stands beside in brackets: "Havana (Cuba)"."""
    inside = next((code for words in _INSIDE.findall(row.locality) if (code := find_territory(words))), None)
    code = inside or find_country(row.country)
    towns = []
    for words in _BETWEEN.split(row.locality):
        name = words.strip()
        if not name or (inside and find_territory(name) == inside and make_spot(Place(name)).level is Level.STATE):
            continue
        known = make_spot(Place(name))
        in_state = not known.territory or not code or is_same_state(known.territory, code)
        towns.append(known if known.territory and in_state else make_spot(Place(name, territory=code)))
    return tuple(towns)
