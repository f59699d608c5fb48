"""Rows of one measure in several reports: which they are, and the row that stands for all.

Rows are one measure when kind, actor, target and date do not exclude each other, and either

- the names share a word of their own ("fisheries", "adoption"), or
- both name the actor and are dated within a month of each other.

Rows are compared with those only that share a word of their name, or an actor and a month.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from communique.link.intervals import Interval, find_interval, find_months, get_gap
from communique.link.places import find_territory
from communique.model import Measure, MeasureKind, Source, SourceKind, Status
from communique.tables import load_table
from communique.text.names import fold_name

# Longer than this (days), a date does not tell one measure of a state from its next.
_NARROW = 45
_ALIKE = frozenset({Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.EXPECTED})
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset({"the", "and", "for", "from", "with", "its", "new"})
# A word of a name that so many measures have tells none from another.
_MAX_SHARED = 40


def find_same(measures: Sequence[Measure], sides: Mapping[str, str | None]) -> dict[str, str]:
    """Id of a measure -> id of the row that stands for it in all reports; only where there are several.

    Args:
        measures: Of all reports, any order.
        sides: The state of an entity, where known.
    """
    groups: list[list[Measure]] = []
    of: dict[str, int] = {}
    by_key: defaultdict[tuple[str, ...], list[Measure]] = defaultdict(list)
    for measure in sorted(measures, key=_rank):
        keys = _get_keys(measure, sides)
        near = {other.id: other for key in keys if len(by_key[key]) <= _MAX_SHARED for other in by_key[key]}
        for other in near.values():
            group = groups[of[other.id]]
            if all(_may_be_one(measure, member, sides) for member in group) and _is_one(measure, other, sides):
                group.append(measure)
                of[measure.id] = of[other.id]
                break
        else:
            of[measure.id] = len(groups)
            groups.append([measure])
        for key in keys:
            by_key[key].append(measure)
    return {member.id: group[0].id for group in groups if len(group) > 1 for member in group}


def _rank(measure: Measure) -> tuple[object, ...]:
    """The row that says most comes first, and stands for the others."""
    days = find_interval(measure.date)
    n_days = days.n_days if days else 10**6
    return n_days, measure.actor is None, -len(measure.targets), -len(measure.name), measure.id


def _get_keys(measure: Measure, sides: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [(measure.kind, word) for word in sorted(find_own_words(measure.name))]
    side, days = get_side(measure.actor, sides), find_interval(measure.date)
    if side and days and days.n_days <= _NARROW:
        keys += [(measure.kind, side, month) for month in find_months(days)]
    return keys


def find_own_words(name: str) -> frozenset[str]:
    """The words by which a measure is told from others: no states, no words for measures, plurals cut."""
    words = {_stem(word) for word in _WORD.findall(fold_name(name))}
    return frozenset(word for word in words if word not in _common_words() and find_territory(word) is None)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _common_words() -> frozenset[str]:
    table = load_table("measures")
    words = {*table["nouns"], *table["verbs"], *table["verbs_with_object"], *table["people"]["diplomats"]}
    words |= {word for name in ("makes", "undoes", "of_trade") for word in table["noun_rules"][name]}
    words |= set(table["alike"]["common"])
    return frozenset(_stem(word) for word in words)


def get_side(source: Source | None, sides: Mapping[str, str | None]) -> str | None:
    """The state that somebody acts for or belongs to; the entity where no state is known; None for nobody known."""
    if source is None:
        return None
    if source.entity is not None:
        return sides.get(source.entity) or source.entity
    state = find_territory(source.name)
    return state or (source.name.casefold() if source.kind is not SourceKind.COLLECTIVE else None)


def _may_be_one(a: Measure, b: Measure, sides: Mapping[str, str | None]) -> bool:
    """Nothing that the two rows say excludes that they are one measure."""
    if a.kind is not b.kind or (a.document == b.document and a.id != b.id and a.name == b.name):
        return False
    if a.kind is MeasureKind.OTHER and not find_own_words(a.name) & find_own_words(b.name):
        return False
    if a.status is not b.status and not {a.status, b.status} <= _ALIKE:
        return False
    one, other = get_side(a.actor, sides), get_side(b.actor, sides)
    if one and other and one != other:
        return False
    aims = [{side for target in row.targets if (side := get_side(target, sides))} for row in (a, b)]
    if aims[0] and aims[1] and not aims[0] & aims[1]:
        return False
    days = find_interval(a.date), find_interval(b.date)
    return not (days[0] and days[1] and get_gap(days[0], days[1]))


def _is_one(a: Measure, b: Measure, sides: Mapping[str, str | None]) -> bool:
    if find_own_words(a.name) & find_own_words(b.name):
        return True
    both = get_side(a.actor, sides), get_side(b.actor, sides)
    days = find_interval(a.date), find_interval(b.date)
    is_known = bool(both[0] and both[0] == both[1])
    return is_known and all(_is_narrow(one) for one in days) and _are_called_alike(a, b)


def _is_narrow(days: Interval | None) -> bool:
    return days is not None and days.n_days <= _NARROW


def _are_called_alike(a: Measure, b: Measure) -> bool:
    """Both say whom they are aimed at, or one does and both are called by one word ("duties")."""
    words = [{_stem(word) for word in _WORD.findall(fold_name(row.name))} for row in (a, b)]
    return bool(a.targets and b.targets) or (bool(a.targets or b.targets) and bool(words[0] & words[1] - _EMPTY))
