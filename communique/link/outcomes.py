"""What became of commitments and forecasts, as far as later documents tell.

1. All rows become claims: terms, parties, day, due day (`claims`).
2. The traces of all documents are indexed by the words that claims ask for (`traces`).
3. Commitments (`kept`) and forecasts (`borne_out`) get the later passages that bear on them as candidates.

A status or resolution moves only where the wording of a later document settles it; the rest is proposed, and left to a
person. Nothing here knows a language: what a sentence tells is read in layer 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.assemble import find_side
from communique.link.borne_out import resolve_forecast
from communique.link.claims import Claim
from communique.link.entities import Known
from communique.link.intervals import Interval, find_interval
from communique.link.kept import settle_commitment
from communique.link.places import find_adjective_states
from communique.link.told import World
from communique.link.traces import index_passages
from communique.model import (
    AgendaItem,
    Commitment,
    Engagement,
    Evidence,
    Forecast,
    Mention,
    Reading,
    Source,
    Strength,
    When,
)
from communique.text.dates import get_deadline


@dataclass(frozen=True, slots=True)
class Rows:
    """The linked rows that bear on each other."""

    commitments: tuple[Commitment, ...]
    forecasts: tuple[Forecast, ...]
    engagements: tuple[Engagement, ...]
    agenda: tuple[AgendaItem, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who is named where, which state each stands for, and the words of their names."""

    mentions: Mapping[str, Sequence[Mention]]  # by document
    states: Mapping[str, str | None]
    names: Mapping[str, frozenset[str]]

    def find_named(self, evidence: Evidence) -> set[str]:
        """The entities that a passage names."""
        here = self.mentions.get(evidence.document, ())
        return {m.entity for m in here if evidence.start <= m.start < evidence.end}


def find_outcomes(
    rows: Rows, readings: Sequence[Reading], published: Mapping[str, When], known: Known
) -> tuple[tuple[Commitment, ...], tuple[Forecast, ...]]:
    """Commitments and forecasts with status, resolution and candidates.

    Args:
        rows: Layer 2 so far; commitments and forecasts are open.
        readings: Layer 1, sorted by document.
        published: Dates of undated reports, worked out from the corpus.
        known: Entities.

    Returns:
        The same rows in the same order.
    """
    engagements = {row.id: row for row in rows.engagements}
    names = {id: frozenset(" ".join(row.names).casefold().split()) for id, row in known.entities.items()}
    people = People(_index_mentions(rows.mentions), {id: find_side(id, known) for id in known.entities}, names)
    days = {r.document.id: find_interval(r.document.published or published.get(r.document.id)) for r in readings}
    commitments = tuple(_date(row, engagements) for row in rows.commitments)
    claims = {row.id: _claim_commitment(row, days, people) for row in commitments}
    claims |= {row.id: _claim_forecast(row, days, people) for row in rows.forecasts}
    wanted = frozenset(term for claim in claims.values() for term in claim.terms)
    passages = index_passages(readings, published, rows.mentions, known.get, people.states.get, wanted)
    world = World(passages, engagements, _index_agenda(rows.agenda), days, _index_parts(rows.engagements))
    settled = tuple(settle_commitment(row, claims[row.id], world) for row in commitments)
    return settled, tuple(resolve_forecast(row, claims[row.id], world) for row in rows.forecasts)


def _date(row: Commitment, engagements: Mapping[str, Engagement]) -> Commitment:
    """The due day of an announced engagement whose report has no date, as the corpus tells it."""
    engagement = engagements.get(row.engagement or "")
    if find_interval(row.due) or engagement is None or engagement.date is None or not find_interval(engagement.date):
        return row
    return replace(row, due=get_deadline(engagement.date))


def _index_mentions(mentions: Sequence[Mention]) -> Mapping[str, Sequence[Mention]]:
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.document].append(mention)
    return found


def _index_parts(engagements: Sequence[Engagement]) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for engagement in engagements:
        if engagement.parent:
            found[engagement.parent].append(engagement.id)
    return found


def _index_agenda(agenda: Sequence[AgendaItem]) -> Mapping[str, Sequence[AgendaItem]]:
    found: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    for item in agenda:
        if item.engagement:
            found[item.engagement].append(item)
    return found


def _claim_commitment(row: Commitment, days: Mapping[str, Interval | None], people: People) -> Claim:
    parties = _get_entities((*row.debtors, *row.creditors)) or people.find_named(row.evidence[0])
    return _claim(row, parties, find_interval(row.due), days, people)


def _claim_forecast(row: Forecast, days: Mapping[str, Interval | None], people: People) -> Claim:
    teller = {row.forecaster.entity} if row.forecaster is not None and row.forecaster.entity else set()
    parties = people.find_named(row.evidence[0]) - teller
    claim = _claim(row, parties, find_interval(row.horizon), days, people)
    return replace(claim, is_denial=row.strength is Strength.UNLIKELY)


def _claim(
    row: Commitment | Forecast, parties: set[str], due: Interval | None, days: Mapping[str, Interval | None],
    people: People,
) -> Claim:  # fmt: skip
    side_of = {party: people.states.get(party) for party in sorted(parties)}
    sides = frozenset(side for side in side_of.values() if side)
    named = people.find_named(row.evidence[0])
    names = {word for entity in named | parties for word in people.names.get(entity, ())}
    matter = frozenset(row.terms) - names
    around = sides | find_adjective_states(row.evidence[0].quote)
    return Claim(
        row.id,
        row.document,
        days.get(row.document),
        row.terms,
        frozenset(row.terms),
        frozenset(parties),
        sides,
        due,
        matter,
        side_of,
        around,
    )


def _get_entities(sources: Sequence[Source]) -> set[str]:
    return {source.entity for source in sources if source.entity}
