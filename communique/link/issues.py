"""Agenda items of all reports under one name for each issue.

Wordings with one key (`issue_keys`) are one issue; each item keeps the report's words in ``wording``. An issue's name
is the shortest that a report gives it, without words that only rank or date it ("thorny"). What is part of something
wider ("Iran's nuclear program" of "Iran") stays an issue of its own and points to it, so that nothing expected is taken
for addressed by another matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.issue_keys import IssueKey, make_key, strip_modifiers
from communique.model import AgendaItem, Evidence, Issue, content_id


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues of a corpus, sorted by id, with their keys by name."""

    rows: tuple[Issue, ...]
    keys: Mapping[str, IssueKey]


def link_issues(agenda: Sequence[AgendaItem]) -> tuple[Issues, tuple[AgendaItem, ...]]:
    """Issues of all reports, and the items with their issue's name; items keep their order.

    Args:
        agenda: Items of layer 1, whose ``issue`` is what their report calls it.
    """
    by_key: defaultdict[IssueKey, list[AgendaItem]] = defaultdict(list)
    for item in agenda:
        by_key[make_key(item.issue)].append(item)
    ids = {key: content_id("iss", *key.topics, "|", *key.places, "|", *key.rest) for key in by_key}
    names = {key: _find_name(items) for key, items in by_key.items()}
    rows = [
        Issue(
            id=ids[key],
            name=names[key],
            names=tuple(sorted({item.issue for item in items}, key=lambda name: (name.casefold(), name))),
            broader=tuple(ids[wider] for wider in _find_nearest(key, ids)),
            evidence=_find_evidence(items),
            reasons=_explain(key, items),
        )
        for key, items in by_key.items()
    ]
    issues = Issues(tuple(sorted(rows, key=lambda row: row.id)), {names[key]: key for key in by_key})
    return issues, tuple(replace(item, issue=names[make_key(item.issue)]) for item in agenda)


def _find_name(items: Iterable[AgendaItem]) -> str:
    """The name of fewest words; of several the most usual, then the first in the alphabet."""
    often = Counter(strip_modifiers(item.issue) for item in items)
    return min(often, key=lambda name: (len(name.split()), -often[name], name.casefold(), name))


def _find_nearest(key: IssueKey, known: Mapping[IssueKey, str]) -> list[IssueKey]:
    """The wider issues that reports have; not those that are wider than another one of them."""
    found: list[IssueKey] = []
    for wider in key.wider():
        if wider in known and not any(_is_within(other, wider) for other in found):
            found.append(wider)
    return found


def _is_within(key: IssueKey, wider: IssueKey) -> bool:
    return set(wider.topics) <= set(key.topics) and set(wider.places) <= set(key.places)


def _find_evidence(items: Iterable[AgendaItem]) -> tuple[Evidence, ...]:
    places = {place for item in items for place in ((item.wording,) if item.wording else item.evidence)}
    return tuple(sorted(places, key=lambda place: (place.document, place.start, place.end)))


def _explain(key: IssueKey, items: Iterable[AgendaItem]) -> tuple[str, ...]:
    if len({item.issue for item in items}) == 1:
        return ()
    parts = [f"one topic: {name}" for name in key.topics] + [f"one place: {name}" for name in key.places]
    return (*parts, *([f"the same other words: {', '.join(key.rest)}"] if key.rest else []))
