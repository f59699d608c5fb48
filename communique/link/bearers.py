"""Which persons of the record are those of a register, by name and office.

A full name that agrees is enough ("John F. Kerry", "John Forbes Kerry"). A bare surname needs an office that the
register's role names too. Where several come into question, the days of the register's rows decide (`choose_bearer`);
what stays open is not certain, and says why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.intervals import Interval, get_gap
from communique.link.stays import find_country
from communique.model import Entity, EntityKind, RegisterRow
from communique.text.names import Compared, PersonName, Verdict, compare_names, fold_name, parse_person_name

_INSIDE = re.compile(r"\([^)]*\)")
# Who came into office or left it may stand in a register this many days before or after its other rows.
_AROUND = 366


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person of the record who may be the one of a registered name."""

    entity: str
    name: str  # as the register has it
    reason: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class _Registered:
    """A registered name, taken apart, with the words of its roles and the days of its rows."""

    name: str
    parsed: PersonName
    roles: frozenset[str]
    days: Interval
    is_shared: bool  # two persons bear it


def find_bearers(entities: Iterable[Entity], rows: Iterable[RegisterRow]) -> dict[str, list[Bearer]]:
    """Entity id -> the registered persons who it may be, by name; certain ones and others."""
    by_family: defaultdict[str, list[_Registered]] = defaultdict(list)
    for registered in _take_apart(rows):
        by_family[registered.parsed.words[-1]].append(registered)
    bearers: dict[str, list[Bearer]] = {}
    for entity in entities:
        if entity.kind is not EntityKind.PERSON:
            continue
        name = _find_fullest(entity)
        fitting = [row for family in sorted(set(name.families)) for row in by_family.get(family, ())]
        found = [bearer for row in fitting if (bearer := _compare(entity, name, row))]
        if found:
            bearers[entity.id] = sorted(found, key=lambda bearer: bearer.name)
    return _doubt_namesakes(bearers, {entity.id: entity for entity in entities})


def choose_bearer(bearers: Sequence[Bearer], days: Interval | None, stays: Mapping[str, Interval]) -> Bearer:
    """The one who was registered at the time, of those who a person of the record may be.

    Args:
        bearers: At least one.
        days: Of the engagement; None where they are not known.
        stays: Registered name -> from its first to its last day.

    Returns:
        The only one, or the only one of that time; else the first by name, as not certain.
    """
    if len(bearers) == 1:
        return bearers[0]
    near = [bearer for bearer in bearers if days and get_gap(stays[bearer.name], days) <= _AROUND]
    if len(near) == 1:
        return replace(near[0], reason=f"{near[0].reason}, and the only one in the register at that time")
    among = near or bearers
    return replace(
        among[0], is_certain=False, reason=f"may be {' or '.join(bearer.name for bearer in among)} of the register"
    )


def _take_apart(rows: Iterable[RegisterRow]) -> list[_Registered]:
    by_name: defaultdict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
    found = []
    for name, own in sorted(by_name.items()):
        parsed = parse_person_name(_INSIDE.sub(" ", name))
        if parsed.words:
            roles = frozenset(word for row in own for word in fold_name(row.role).split() if len(word) > 3)
            days = Interval(min(row.start for row in own), max(row.end for row in own))
            found.append(_Registered(name, parsed, roles, days, _is_shared(own)))
    return found


def _is_shared(rows: Sequence[RegisterRow]) -> bool:
    """True when rows with different roles are in different countries on one day: two persons of one name."""
    ordered = sorted(rows, key=lambda row: (row.start, row.end, row.line))
    for i, row in enumerate(ordered):
        for later in ordered[i + 1 :]:
            if later.start > row.end:
                break
            if row.role != later.role and find_country(row.country) != find_country(later.country):
                return True
    return False


def _find_fullest(entity: Entity) -> PersonName:
    names = [parse_person_name(name) for name in sorted({entity.name, *entity.names})]
    return max(names, key=lambda name: (name.is_full, len(name.words), name.words))


def _compare(entity: Entity, name: PersonName, row: _Registered) -> Bearer | None:
    compared: Compared = compare_names(name, row.parsed)
    if compared.verdict is Verdict.DIFFERENT:
        return None
    office = next((o.office for o in entity.offices if row.roles & set(fold_name(o.office).split())), None)
    if row.is_shared:
        return Bearer(entity.id, row.name, "two persons of the register bear this name", is_certain=False)
    if name.given or not row.parsed.given:
        return Bearer(entity.id, row.name, compared.reason)
    if office:
        return Bearer(entity.id, row.name, f"surname agrees, and the office ({office})")
    return Bearer(entity.id, row.name, "only the surname agrees", is_certain=False)


def _doubt_namesakes(bearers: Mapping[str, list[Bearer]], entities: Mapping[str, Entity]) -> dict[str, list[Bearer]]:
    """Where two persons of the record may be one of the register by full names, neither is certainly that one."""
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for entity, found in sorted(bearers.items()):
        for bearer in found:
            if bearer.is_certain:
                claims[bearer.name].append(entity)
    doubted: dict[str, list[Bearer]] = {}
    for entity, found in bearers.items():
        doubted[entity] = []
        for bearer in found:
            others = [entities[id].name for id in claims[bearer.name] if id != entity]
            if bearer.is_certain and others:
                reason = f"{' and '.join(others)} of the record may be the one meant, too"
                bearer = replace(bearer, is_certain=False, reason=reason)
            doubted[entity].append(bearer)
    return doubted
