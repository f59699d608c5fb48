"""Layer-1 rows with their ids pointing to layer 2: a `Referent` becomes an `Entity`, an `EventMention` an `Engagement`.

An id that points nowhere becomes None, and is counted as a problem: a row must not name what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from communique.link.assemble import Assembled
from communique.link.entities import Known
from communique.model import (
    AgendaItem,
    Commitment,
    Forecast,
    Measure,
    Mention,
    Problem,
    Reading,
    Silence,
    Source,
    Statement,
    problem,
)

Row = TypeVar("Row")


@dataclass(slots=True)
class Rewriter:
    """What ids become, and the problems met on the way."""

    known: Known
    assembled: Assembled
    problems: set[Problem] = field(default_factory=set)

    def entity(self, id: str | None, document: str) -> str | None:
        return self._find(id, self.known.get(id), "referent", document)

    def engagement(self, id: str | None, document: str) -> str | None:
        return self._find(id, self.assembled.of_mention.get(id) if id else None, "event mention", document)

    def _find(self, id: str | None, found: str | None, noun: str, document: str) -> str | None:
        if id is not None and found is None:
            self.problems.add(problem(document, "link", f"no {noun} {id} in this document"))
        return found

    def source(self, source: Source | None, document: str) -> Source | None:
        return source and self._source(source, document)

    def sources(self, sources: Iterable[Source], document: str) -> tuple[Source, ...]:
        return tuple(self._source(source, document) for source in sources)

    def _source(self, source: Source, document: str) -> Source:
        return replace(source, entity=self.entity(source.entity, document))


def rewrite_mentions(readings: Sequence[Reading], rewriter: Rewriter) -> tuple[Mention, ...]:
    """Mentions by document and place; one whose referent does not exist is left out, with a problem."""
    rows = []
    for mention in (mention for reading in readings for mention in reading.annotations.mentions):
        entity = rewriter.entity(mention.entity, mention.document)
        if entity is not None:
            # Not `replace`, which takes twice as long: there are far more mentions than other rows.
            where = mention.document, mention.start, mention.end, mention.quote
            rows.append(Mention(*where, mention.kind, mention.form, entity))
    return tuple(sorted(rows, key=lambda row: (row.document, row.start, row.end, row.kind, row.entity)))


def rewrite_statement(row: Statement, rewriter: Rewriter) -> Statement:
    """A statement with linked speaker, chain, addressee and engagement."""
    return replace(
        row,
        source=rewriter.source(row.source, row.document),
        via=rewriter.sources(row.via, row.document),
        addressee=rewriter.source(row.addressee, row.document),
        engagement=rewriter.engagement(row.engagement, row.document),
    )


def rewrite_agenda(row: AgendaItem, rewriter: Rewriter) -> AgendaItem:
    """An agenda item with linked engagement and voice."""
    voice = replace(row.voice, entity=rewriter.entity(row.voice.entity, row.document))
    return replace(row, voice=voice, engagement=rewriter.engagement(row.engagement, row.document))


def rewrite_silence(row: Silence, rewriter: Rewriter) -> Silence:
    """A silence with linked engagement, voice, and whoever was silent or absent."""
    return replace(
        row,
        who=rewriter.source(row.who, row.document),
        voice=replace(row.voice, entity=rewriter.entity(row.voice.entity, row.document)),
        engagement=rewriter.engagement(row.engagement, row.document),
    )


def rewrite_commitment(row: Commitment, rewriter: Rewriter) -> Commitment:
    """A commitment with linked debtors, creditors and engagement; one to several meetings has none of its own."""
    is_joint = row.engagement in rewriter.assembled.joint
    return replace(
        row,
        debtors=rewriter.sources(row.debtors, row.document),
        creditors=rewriter.sources(row.creditors, row.document),
        engagement=None if is_joint else rewriter.engagement(row.engagement, row.document),
    )


def rewrite_forecast(row: Forecast, rewriter: Rewriter) -> Forecast:
    """A forecast with linked forecaster, chain and engagement."""
    return replace(
        row,
        forecaster=rewriter.source(row.forecaster, row.document),
        via=rewriter.sources(row.via, row.document),
        engagement=rewriter.engagement(row.engagement, row.document),
    )


def rewrite_measure(row: Measure, rewriter: Rewriter) -> Measure:
    """A measure with linked actor and targets."""
    return replace(
        row, actor=rewriter.source(row.actor, row.document), targets=rewriter.sources(row.targets, row.document)
    )


def rewrite_all(
    rows: Iterable[Row], rewrite: Callable[[Row, Rewriter], Row], rewriter: Rewriter, get_id: Callable[[Row], str]
) -> tuple[Row, ...]:
    """Rows of one noun, rewritten, each id once, sorted by id."""
    rewritten = {get_id(row): rewrite(row, rewriter) for row in rows}
    return tuple(row for _, row in sorted(rewritten.items()))
