"""Places for comparing: what a place's name denotes, and how two places stand to each other.

States, capitals, cities, regions and venues are looked up in ``tables/territories.toml`` and ``tables/places.toml``;
other names are places of unknown kind, in the state that the report gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from communique.model import Place
from communique.tables import load_table
from communique.text.names import fold_name

_CAPITAL = re.compile(r"\b[A-Z][\w.-]*")


class Level(IntEnum):
    """How wide a place is; wider first."""

    STATE = 0
    REGION = 1
    CITY = 2
    UNKNOWN = 3
    VENUE = 4


class PlaceRelation(IntEnum):
    """How two places stand to each other; the larger, the better they agree."""

    EXCLUDED = 0  # different states, or different cities
    OTHER = 1  # not known to be one, nor to exclude each other: two buildings, a building and a city
    UNKNOWN = 2  # one of them is not given
    CONTAINED = 3
    SAME = 4


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place for comparing: ``name`` is folded, the table's own where it knows it."""

    name: str
    territory: str
    level: Level


@cache
def _gazetteer() -> dict[str, tuple[str, str, Level]]:
    """Folded name -> own name, territory, level."""
    known: dict[str, tuple[str, str, Level]] = {}
    for code, row in load_table("territories").items():
        capitals = [row["capital"], *row.get("capital_names", ())] if "capital" in row else []
        for name in (row["name"], *row.get("names", ()), code):
            known.setdefault(fold_name(name), (fold_name(row["name"]), code, Level.STATE))
        for name in capitals:
            known.setdefault(fold_name(name), (fold_name(row["capital"]), code, Level.CITY))
            for word in (*row.get("adjectives", ()), row["name"]):
                for noun in load_table("names")["words"]["capital"]:
                    known.setdefault(fold_name(f"{word} {noun}"), (fold_name(row["capital"]), code, Level.CITY))
        for name in row.get("seats", ()):
            known.setdefault(fold_name(name), (fold_name(name), code, Level.CITY))
    levels = {"city": Level.CITY, "region": Level.REGION, "venue": Level.VENUE}
    for own, row in load_table("places").items():
        for name in (own, *row.get("names", ())):
            level = levels.get(row.get("kind", ""), Level.UNKNOWN)
            known.setdefault(fold_name(name), (fold_name(own), row.get("territory", ""), level))
    return known


@cache
def _adjectives() -> dict[str, str]:
    words: dict[str, str] = {}
    for code, row in load_table("territories").items():
        for word in (*row.get("adjectives", ()), *row.get("people", ())):
            words.setdefault(fold_name(word), code)
    return words


def find_adjective_states(text: str) -> frozenset[str]:
    """The states that adjectives and names of peoples in a text tell: "the Syrians", "Russian-US dialogue"."""
    words = (word for joined in _CAPITAL.findall(text) for word in joined.split("-"))
    return frozenset(code for word in words if (code := _adjectives().get(fold_name(word))) is not None)


@lru_cache(maxsize=16384)
def find_territory(words: str) -> str | None:
    """The state that words name or begin with: "Russia", "the Kremlin's Moscow", "Russian Federation", "U.S."."""
    folded = fold_name(words).removeprefix("the ")
    if folded in _gazetteer():
        return _gazetteer()[folded][1] or None
    first = folded.split(" ")
    for n in (3, 2, 1):
        begin = " ".join(first[:n])
        if begin in _adjectives():
            return _adjectives()[begin]
        if begin in _gazetteer() and _gazetteer()[begin][2] is Level.STATE:
            return _gazetteer()[begin][1]
    return None


@lru_cache(maxsize=16384)
def _make_spot(name: str, territory: str | None) -> Spot:
    folded = fold_name(name).removeprefix("the ")
    own, known, level = _gazetteer().get(folded, (folded, "", Level.UNKNOWN))
    if territory and known and territory != known:
        own, level = folded, Level.UNKNOWN  # a namesake
    return Spot(own, territory or known, level)


def make_spot(place: Place) -> Spot:
    """A place as a report gives it -> for comparing."""
    return _make_spot(place.name, place.territory)


def compare_spots(a: Spot, b: Spot) -> PlaceRelation:
    """How two places stand to each other; symmetric."""
    if a.name == b.name and (a.territory == b.territory or not (a.territory and b.territory)):
        return PlaceRelation.SAME
    if a.territory and b.territory and a.territory != b.territory:
        return PlaceRelation.EXCLUDED
    same_state = bool(a.territory) and a.territory == b.territory
    if same_state and Level.STATE in (a.level, b.level):
        return PlaceRelation.CONTAINED
    if {a.level, b.level} <= {Level.CITY, Level.STATE}:
        return PlaceRelation.EXCLUDED if a.level == b.level or (a.territory and b.territory) else PlaceRelation.OTHER
    return PlaceRelation.OTHER


def compare_places(a: Iterable[Spot], b: Iterable[Spot]) -> PlaceRelation:
    """How two engagements' places stand to each other: the best pair counts, since a report may give city and venue.

    UNKNOWN when either has none.
    """
    b = tuple(b)
    return max((compare_spots(x, y) for x in a for y in b), default=PlaceRelation.UNKNOWN)
