"""Silences of all reports: those that each report tells, and what was expected of an engagement without an outcome.

The second are nobody's words: an issue was expected, reports tell that the engagement took place, and none of them
names the issue. That is a silence of these reports; whether it was talked about is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from communique.link.issue_keys import Words, is_general, make_key, read_words
from communique.link.issue_outcomes import Outcome, Told, find_outcomes
from communique.model import (
    AgendaItem,
    Document,
    Engagement,
    Issue,
    PartKind,
    Phase,
    Silence,
    SilenceKind,
    Status,
    content_id,
)

OWN_PARTS = (PartKind.TITLE, PartKind.CAPTION, PartKind.BODY)
MAX_DEPTH = 20  # of engagements that contain each other


def find_open_issues(
    agenda: Sequence[AgendaItem],
    issues: Sequence[Issue],
    engagements: Sequence[Engagement],
    documents: Mapping[str, Document],
) -> Iterator[Silence]:
    """What was expected of an engagement that took place, and of which the reports afterwards say nothing.

    Args:
        agenda: Linked items.
        issues: Of these items.
        engagements: Of all reports.
        documents: All of them, by id.
    """
    by_id = {row.id: row for row in engagements}
    tops = {id: find_top(id, {row.id: row.parent for row in engagements}) for id in by_id}
    items: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    for item in agenda:
        if item.engagement is not None:
            items[tops[item.engagement]].append(item)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for row in engagements:
        if items.get(tops[row.id]):
            after[tops[row.id]] |= {e.document for e in row.evidence if e.status is Status.HAPPENED}
    names = {issue.name: issue.names for issue in issues}
    kin = find_kin(issues)
    words = cache(lambda document: read_document(documents[document]))
    for top, told in sorted(items.items()):
        if any(item.phase is Phase.EXPECTED for item in told):
            plain = [Told(item.issue, item.phase, item.document) for item in told]
            known = {document: words(document) for document in sorted(after[top])}
            for issue, (outcome, reports) in find_outcomes(plain, after[top], names, kin, known).items():
                if outcome is Outcome.NO_OUTCOME and not is_general(make_key(issue)):
                    yield _make(issue, [item for item in told if item.issue == issue], reports)


def find_top(id: str, parents: Mapping[str, str | None]) -> str:
    """The engagement that contains all others around one; itself where it stands alone."""
    for _ in range(MAX_DEPTH):
        parent = parents.get(id)
        if parent is None or parent not in parents:
            break
        id = parent
    return id


def find_kin(issues: Sequence[Issue]) -> dict[str, tuple[str, ...]]:
    """Of each issue, by name, those that are wider or narrower."""
    names = {issue.id: issue.name for issue in issues}
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for issue in issues:
        for wider in issue.broader:
            kin[issue.name].add(names[wider])
            kin[names[wider]].add(issue.name)
    return {name: tuple(sorted(found)) for name, found in kin.items()}


def read_document(document: Document) -> Words:
    """The words of a report's own voice: title, captions, body; not comments, nor what a site adds."""
    own = (document.text[part.start : part.end] for part in document.parts if part.part in OWN_PARTS)
    return read_words("\n".join(own))


def _make(issue: str, items: Sequence[AgendaItem], reports: tuple[str, ...]) -> Silence:
    expected = sorted(
        (item for item in items if item.phase is Phase.EXPECTED), key=lambda item: (item.document, item.id)
    )
    first = expected[0]
    evidence = tuple(dict.fromkeys(place for item in expected for place in item.evidence))
    id = content_id("sil", SilenceKind.NO_OUTCOME, *(item.id for item in expected))
    return Silence(
        id=id,
        document=first.document,
        kind=SilenceKind.NO_OUTCOME,
        what=issue,
        who=None,
        engagement=first.engagement,
        voice=first.voice,
        evidence=evidence,
        of=first.id,
        reports=reports,
    )
