"""Persons of several documents: which referents are one.

Works on written names that were taken apart (`text.names`), each distinct name once:

1. full names, longest first, join the one group whose every name may be theirs; with two such groups ("George Bush",
   father or son) a name joins none;
2. a bare surname or a name with an initial joins the one full name that it fits, of its own document if there are any
   there, else of all documents; offices decide between several, and an office that cannot be that person's keeps apart;
3. bare surnames that no full name explains are one person when nothing tells them apart; a word that is somebody's
   given name ("Boris") is no such surname without an office or a form of address.

Groups (referents) come out with the reasons why they are held to be one. What stays undecided stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from communique.link.places import find_territory
from communique.link.spellings import find_spellings, split_by_office
from communique.model import Referent
from communique.text.names import (
    PersonName,
    Verdict,
    compare_names,
    fold_name,
    get_given_keys,
    is_telling_surname,
    parse_person_name,
)


@dataclass(slots=True)
class Group:
    """Referents that are held to be one, being collected. ``is_open``: known by part of a name only."""

    referents: list[Referent]
    names: set[PersonName]
    reasons: set[str] = field(default_factory=set)
    is_open: bool = False


def group_persons(referents: Sequence[Referent]) -> list[Group]:
    """Referents of persons, in any order -> groups of referents that are one person each."""
    named = _turn({referent.id: get_fullest_name(referent) for referent in referents})
    blocks: defaultdict[str, list[Referent]] = defaultdict(list)
    bare = []
    for referent in sorted(referents, key=lambda referent: referent.id):
        if named[referent.id].is_full:
            blocks[named[referent.id].words[-1]].append(referent)
        else:
            bare.append(referent)
    full = [group for _, block in sorted(blocks.items()) for group in _group_full_names(block, named)]
    full = _join_spellings(full)
    return full + _join_bare_names(full, bare, named)


def _join_spellings(groups: list[Group]) -> list[Group]:
    """Puts together groups that are one person in two romanised spellings, by office."""
    names = [(max(group.names, key=lambda n: n.words).words, _offices(group.referents)) for group in groups]
    into: dict[int, int] = {}
    for first, other in find_spellings(names):
        kept = into.get(first, first)
        if other in into or kept == other or groups[kept].is_open or groups[other].is_open:
            continue
        groups[kept].referents += groups[other].referents
        groups[kept].names |= groups[other].names
        groups[kept].reasons |= groups[other].reasons | {"spellings of one surname, same given name, same office"}
        into[other] = kept
    return [group for n, group in enumerate(groups) if n not in into]


def get_fullest_name(referent: Referent) -> PersonName:
    """The name with most words that a referent's names hold, parsed; a form of address is kept from any of them."""
    names = [parse_person_name(name) for name in sorted({referent.name, *referent.names})]
    fullest = max(names, key=lambda name: (name.is_full, len(name.words), name.words))
    gender = next((name.gender for name in names if name.gender and name.words[-1:] == fullest.words[-1:]), "")
    return replace(fullest, gender=gender)


def _turn(named: Mapping[str, PersonName]) -> dict[str, PersonName]:
    """Names of two words that stand the other way round in more documents ("Sergei Ruiz") are turned."""
    frequency: Counter[tuple[str, ...]] = Counter(name.words for name in named.values() if len(name.words) == 2)

    def turn(name: PersonName) -> PersonName:
        turned = name.words[::-1]
        if (frequency[turned], turned) > (frequency[name.words], name.words) and frequency[turned]:
            return replace(name, words=turned, families=(turned[-1],))
        return name

    return {id: turn(name) if len(name.words) == 2 else name for id, name in named.items()}


def _group_full_names(block: Iterable[Referent], named: Mapping[str, PersonName]) -> list[Group]:
    """Referents with full names of one surname -> groups."""
    bearers: defaultdict[PersonName, list[Referent]] = defaultdict(list)
    for referent in block:
        bearers[named[referent.id]].append(referent)
    groups: list[Group] = []
    by_given: defaultdict[str, list[Group]] = defaultdict(list)
    apart = {name: split_by_office(rows, _offices) for name, rows in bearers.items()}
    for name, rows in apart.items():
        if len(rows) > 1:
            # Namesakes: two presidents of one name. Nothing else joins them.
            groups += [Group(same, {name}, {"one name, one title, different states"}, True) for same in rows]
            del bearers[name]
    for name in sorted(bearers, key=lambda name: (-len(name.words), name.words, name.suffix, name.gender)):
        keys = _given_keys(name)
        near = {id(group): group for key in keys for group in by_given[key]}.values()
        fitting = [group for group in near if all(_fits(name, other) for other in group.names)]
        if len(fitting) > 1:
            # Several persons may be meant, in each document another.
            groups += [Group([referent], {name}, is_open=True) for referent in bearers[name]]
            continue
        if fitting:
            group = fitting[0]
            group.reasons |= {compare_names(name, other).reason for other in group.names}
            group.referents += bearers[name]
            group.names.add(name)
        else:
            group = Group(list(bearers[name]), {name})
            groups.append(group)
        if len({referent.document for referent in bearers[name]}) > 1:
            group.reasons.add("same name")
        for key in keys:
            if group not in by_given[key]:
                by_given[key].append(group)
    return groups


def _given_keys(name: PersonName) -> set[str]:
    """Under these a name finds those that may be its own: given names in one spelling, close forms, the initial."""
    own, near = get_given_keys(name.words[0])
    inner = {get_given_keys(word)[0] for word in name.words[1:-1] if len(word) > 1}
    return {own, *inner, *(f"~{group}" for group in near)}


def _fits(a: PersonName, b: PersonName) -> bool:
    return compare_names(a, b).verdict is not Verdict.DIFFERENT


def _join_bare_names(full: list[Group], bare: list[Referent], named: Mapping[str, PersonName]) -> list[Group]:
    """Puts bare surnames into full groups where they fit one only; returns groups of those left over."""
    by_family: defaultdict[str, list[Group]] = defaultdict(list)
    in_document: defaultdict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in full:
        for family in sorted({family for name in group.names for family in name.families}):
            by_family[family].append(group)
            for document in sorted({referent.document for referent in group.referents}):
                in_document[document, family].append(group)
    offices = {id(group): _offices(group.referents) for group in full}
    left: defaultdict[str, list[Referent]] = defaultdict(list)
    joined: list[tuple[Group, Referent, str]] = []
    for referent in bare:
        name = named[referent.id]
        family = name.words[-1] if name.words else ""
        here = [g for g in in_document[referent.document, family] if _admits(g, offices[id(g)], referent, name)]
        telling = len(name.words) > 1 or is_telling_surname(name) or bool(referent.offices) or bool(name.gender)
        bearers = [g for g in by_family[family] if telling and not g.is_open]
        anywhere = [g for g in bearers if _admits(g, offices[id(g)], referent, name)]
        found, reason = _pick(here or anywhere, offices, referent)
        if found:
            joined.append((found, referent, reason))
        elif by_family[family] or not telling:
            left[f"\0{referent.id}"].append(referent)
        else:
            left[" ".join(name.words)].append(referent)
    for group, referent, reason in joined:
        group.referents.append(referent)
        group.reasons.add(reason)
    return [group for key, referents in sorted(left.items()) for group in _group_bare(key, referents, named)]


Offices = frozenset[tuple[str, str]]


def _admits(group: Group, offices: Offices, referent: Referent, name: PersonName) -> bool:
    return all(_fits(name, other) for other in group.names) and not _exclude(offices, _offices([referent]))


def _pick(groups: list[Group], offices: Mapping[int, Offices], referent: Referent) -> tuple[Group | None, str]:
    if len(groups) == 1:
        return groups[0], "the only bearer of the surname"
    own = {title for title, _ in _offices([referent])}
    sharing = [group for group in groups if own & {title for title, _ in offices[id(group)]}]
    if len(sharing) == 1:
        return sharing[0], "surname and office agree"
    return None, ""


def _offices(referents: Iterable[Referent]) -> Offices:
    """Title and whose it is: the state where the words name one, else the organisation."""
    return frozenset(
        (fold_name(office.office), find_territory(office.organization or "") or fold_name(office.organization or ""))
        for referent in referents
        for office in referent.offices
    )


def _exclude(a: Offices, b: Offices) -> bool:
    """True when both hold offices of one title, and none of one title in one place: two presidents."""
    same_title = [(x, y) for title, x in a for other, y in b if title == other]
    return bool(same_title) and all(x and y and x != y for x, y in same_title)


def _group_bare(key: str, referents: list[Referent], named: Mapping[str, PersonName]) -> list[Group]:
    """Referents of one bare surname without any full name: one person, unless offices or address tell them apart."""
    names = {named[referent.id] for referent in referents}
    held = sorted({(row, referent.id) for referent in referents for row in _offices([referent]) if row[1]})
    whose: defaultdict[str, set[str]] = defaultdict(set)
    for (title, place), _ in held:
        whose[title].add(place)
    if len({name.gender for name in names} - {""}) > 1 or any(len(places) > 1 for places in whose.values()):
        return [Group([referent], {named[referent.id]}, is_open=True) for referent in referents]
    reasons = {"same surname, no other bearer"} if len(referents) > 1 else set()
    return [Group(referents, names, reasons, is_open=key.startswith("\0"))]
