"""Referents of all documents into entities.

Order of the steps:

1. referents that are the same entry of our tables and of one kind are one;
2. persons by their names (`persons`);
3. organisations, places, governments, instruments by their whole name; an acronym stands for the long name that a
   document gives it; a state that is known to differ keeps apart, a name that does not say whose it is ("Foreign
   Ministry") joins nothing without one;
4. groups ("experts"), and whoever a document never names ("his counterpart"), stay with their document: the same words
   may mean other people elsewhere;
5. names, offices, ids. An id is made of kind and comparison name, so that a document about others leaves it as it is;
   where two entities share one, or the name is only part of one, the smallest referent's id is added;
6. what people decided (`shape`).

Nothing is joined because two names resemble each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.offices import merge_offices, sort_key_of_evidence
from communique.link.persons import Group, group_persons
from communique.link.shape import Item, Shape, shape_groups
from communique.model import (
    Document,
    Entity,
    EntityKind,
    Mention,
    MentionForm,
    Office,
    Reading,
    Referent,
    content_id,
)
from communique.tables import load_table
from communique.text.names import fold_name, get_given_keys, is_acronym_of, is_generic_organization, parse_person_name


@dataclass(frozen=True, slots=True)
class Known:
    """Entities by id, and which entity a referent belongs to."""

    entities: Mapping[str, Entity]
    of_referent: Mapping[str, str]

    def get(self, referent: str | None) -> str | None:
        """The entity of a referent; None for None, and for a referent that no document declares."""
        return self.of_referent.get(referent) if referent else None


def link_entities(readings: Sequence[Reading], shape: Shape | None = None) -> Known:
    """Entities across readings, whatever their order, as people decided where they did."""
    given = [(r, reading.document) for reading in readings for r in reading.annotations.referents]
    referents = {r.id: _date_offices(r, document) for r, document in given}
    documents = {reading.document.id: reading.document for reading in readings}
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for reading in readings:
        for mention in reading.annotations.mentions:
            mentions[mention.entity].append(mention)
    unnamed = {id for id, rows in mentions.items() if all(row.form is not MentionForm.NAME for row in rows)}
    groups = _group(sorted(referents.values(), key=lambda referent: referent.id), unnamed)
    canonical = [_canonical_name(kind, group) for kind, group in groups]
    shared = Counter((kind, name) for (kind, _), name in zip(groups, canonical, strict=True))
    items = []
    for (kind, group), name in zip(groups, canonical, strict=True):
        apart = group.is_open or shared[kind, name] > 1
        words = (min(referent.id for referent in group.referents),) if apart else ()
        items.append(Item(content_id("ent", kind, name, *words), kind, group))
    entities: dict[str, Entity] = {}
    of_referent: dict[str, str] = {}
    for item in shape_groups(items, readings, shape) if shape else items:
        entities[item.id] = _make_entity(item.id, item.kind, item.group, mentions, documents)
        of_referent |= {referent.id: item.id for referent in item.group.referents}
    return Known(dict(sorted(entities.items())), of_referent)


def _date_offices(referent: Referent, document: Document) -> Referent:
    """A report that gives an office gives it as of its own date."""
    if not referent.offices or document.published is None or document.published.edtf is None:
        return referent
    day = document.published.edtf
    offices = tuple(o if o.as_of or o.former else replace(o, as_of=day) for o in referent.offices)
    return replace(referent, offices=offices)


def _group(referents: Iterable[Referent], unnamed: Container[str]) -> list[tuple[EntityKind, Group]]:
    by_kind: defaultdict[EntityKind, list[Referent]] = defaultdict(list)
    groups: list[tuple[EntityKind, Group]] = []
    for referent in referents:
        if referent.id in unnamed and not referent.key:
            groups.append((referent.kind, Group([referent], set(), is_open=True)))
        else:
            by_kind[referent.kind].append(referent)
    for kind, rows in sorted(by_kind.items()):
        if kind is EntityKind.GROUP:
            groups += [(kind, Group([referent], set(), is_open=True)) for referent in rows]
        elif kind is EntityKind.PERSON:
            groups += [(kind, group) for group in _group_keyed_persons(rows)]
        else:
            groups += [(kind, group) for group in _group_named(rows)]
    return groups


def _group_keyed_persons(referents: list[Referent]) -> list[Group]:
    """Persons by name; those that are one entry of our tables are put together afterwards."""
    by_key: dict[str, Group] = {}
    groups = []
    for group in group_persons(referents):
        keys = {referent.key for referent in group.referents if referent.key}
        first = next((by_key[key] for key in sorted(keys) if key in by_key), None)
        if first is None or len(keys) > 1:
            groups.append(group)
            by_key |= dict.fromkeys(keys, group) if len(keys) == 1 else {}
        else:
            first.referents += group.referents
            first.names |= group.names
            first.reasons |= group.reasons | {"same entry of our tables"}
            first.is_open = first.is_open and group.is_open
    return groups


def _group_named(referents: list[Referent]) -> list[Group]:
    long_names = _find_long_names(referents)
    by_name: defaultdict[str, list[Referent]] = defaultdict(list)
    groups: dict[tuple[str, str], Group] = {}
    key_of_name: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for referent in referents:
        name = long_names.get(fold_name(referent.name), fold_name(referent.name)).removeprefix("the ")
        whose = referent.territory or ""
        if referent.key and not (is_generic_organization(referent.name) and not whose):
            key = (referent.key, whose if is_generic_organization(referent.name) else "")
            groups.setdefault(key, Group([], set(), {"same entry of our tables"})).referents.append(referent)
            key_of_name[name].add(key)
        else:
            by_name[name].append(referent)
    found = []
    for name, rows in sorted(by_name.items()):
        keys = key_of_name[name]
        if len(keys) == 1 and not is_generic_organization(name):
            groups[next(iter(keys))].referents += rows
        else:
            found += _group_by_territory(name, rows)
    found += [group for _, group in sorted(groups.items())]
    for group in found:
        if len({referent.document for referent in group.referents}) < 2:
            group.reasons.clear()
    return found


def _group_by_territory(name: str, referents: list[Referent]) -> list[Group]:
    """Referents of one name: one, unless states tell them apart; then those without a state stay apart."""
    states = sorted({referent.territory for referent in referents if referent.territory})
    generic = is_generic_organization(name)
    if len(states) <= 1 and not generic:
        return [Group(referents, set(), {"same name"})]
    groups = []
    for state in states:
        same = [referent for referent in referents if referent.territory == state]
        groups.append(Group(same, set(), {"same name, same state"}))
    return groups + [Group([r], set(), is_open=True) for r in referents if not r.territory]


def _find_long_names(referents: Iterable[Referent]) -> dict[str, str]:
    """Folded acronym -> the folded long name that documents give it, where all give the same."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for referent in referents:
        names = sorted({referent.name, *referent.names})
        for short in names:
            for long in names:
                if len(long) > len(short) and is_acronym_of(short, long):
                    meanings[fold_name(short)].add(fold_name(long))
    return {short: next(iter(long)) for short, long in meanings.items() if len(long) == 1}


def _canonical_name(kind: EntityKind, group: Group) -> str:
    """What of a group goes into its id: nothing that another spelling or a fuller name changes."""
    keyed = sorted({referent.key for referent in group.referents if referent.key})
    name = _show_name(kind, group)
    if keyed and not is_generic_organization(name):
        return f"key:{keyed[0]}"
    if kind is not EntityKind.PERSON:
        state = min((referent.territory for referent in group.referents if referent.territory), default="")
        return f"{fold_name(name).removeprefix('the ')} {state}"
    parsed = parse_person_name(name)
    return " ".join((*(get_given_keys(word)[0] for word in parsed.words[:1]), *parsed.words[1:][-1:]))


def _show_name(kind: EntityKind, group: Group) -> str:
    """The name that our tables give, else the most frequent of the full names; among equals the longest."""
    keyed = {name for referent in group.referents if (name := _find_table_name(referent.key))}
    if len(keyed) == 1:
        return keyed.pop()
    if len(group.referents) == 1:
        return group.referents[0].name
    frequency = Counter(referent.name for referent in group.referents)
    if kind is EntityKind.PERSON:
        full = [name for name in frequency if parse_person_name(name).is_full]
        frequency = Counter({name: frequency[name] for name in full}) if full else frequency
    else:
        spelled_out = [name for name in frequency if not name.isupper() and "." not in name]
        frequency = Counter({name: frequency[name] for name in spelled_out}) if spelled_out else frequency
    return min(frequency, key=lambda name: (-frequency[name], -len(name), name), default="")


def _find_table_name(key: str | None) -> str | None:
    """The name of an entry: of a state by its code (``territory:NO``), else what stands behind the colon."""
    table, _, name = (key or "").partition(":")
    return load_table("territories").get(name, {}).get("name") if table == "territory" else name or None


def _make_entity(
    id: str, kind: EntityKind, group: Group, mentions: Mapping[str, list[Mention]], documents: Mapping[str, Document]
) -> Entity:
    offices: list[Office] = [office for referent in group.referents for office in referent.offices]
    places = {(m.document, m.start, m.end) for referent in group.referents for m in mentions.get(referent.id, ())}
    return Entity(
        id=id,
        kind=kind,
        name=_show_name(kind, group),
        names=tuple(sorted({name for referent in group.referents for name in (referent.name, *referent.names)})),
        offices=merge_offices(offices),
        mentions=tuple(
            sorted((documents[d].evidence(start, end) for d, start, end in places), key=sort_key_of_evidence)
        ),
        territory=next(iter(sorted({r.territory for r in group.referents if r.territory})), None),
        reasons=tuple(sorted(group.reasons)),
    )
