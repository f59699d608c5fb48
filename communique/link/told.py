"""What later documents tell of an engagement that was announced or expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.link.claims import Claim
from communique.link.intervals import Interval
from communique.link.traces import Passage, Passages
from communique.model import AgendaItem, Engagement, EngagementEvidence, Status, Turn


@dataclass(frozen=True, slots=True)
class World:
    """All that rows are held against."""

    passages: Passages
    engagements: Mapping[str, Engagement]
    agenda: Mapping[str, Sequence[AgendaItem]]  # by engagement
    days: Mapping[str, Interval | None]  # of documents
    parts: Mapping[str, Sequence[str]]  # of an engagement that contains others

    def is_later(self, document: str, claim: Claim) -> bool:
        """Is a document surely later than that of a claim?"""
        day = self.days.get(document)
        return day is not None and claim.day is not None and day.start > claim.day.end

    def find_passage(self, document: str, at: int) -> Passage | None:
        """The sentence at an offset; None where it gives no trace."""
        here = self.passages.of_document.get(document, ())
        return next((row for row in here if row.trace.start <= at < row.trace.end), None)

    def find_related(self, id: str | None) -> list[str]:
        """An engagement with what contains it and what it contains."""
        own = self.engagements.get(id or "")
        if own is None:
            return []
        top = own.parent or own.id
        related = dict.fromkeys([own.id, top, *self.parts.get(top, ())])
        return [id for id in related if id in self.engagements]


def iter_later(engagement: Engagement, claim: Claim, world: World) -> Iterator[EngagementEvidence]:
    """What documents later than a claim say of an engagement, the earliest first."""
    later = [e for e in engagement.evidence if world.is_later(e.document, claim)]
    yield from sorted(later, key=lambda e: (_get_start(world, e.document), e.document, e.start))


def _get_start(world: World, document: str) -> str:
    day = world.days.get(document)
    return day.start.isoformat() if day is not None else ""


def read_turn(evidence: EngagementEvidence, world: World) -> Turn | None:
    """Whether it took place, was put off or called off by one report's words; None where these leave it open."""
    passage = world.find_passage(evidence.document, evidence.start)
    turns = {deed.turn for deed in passage.deeds} if passage is not None else set()
    if Turn.PUT_OFF in turns and evidence.status is not Status.HAPPENED:
        return Turn.PUT_OFF
    if evidence.status is Status.CANCELLED:
        return Turn.CANCELLED
    return Turn.DONE if evidence.status is Status.HAPPENED else None
