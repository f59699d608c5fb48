"""What became of a commitment, by later passages.

Announced engagements: told as happened it is kept, as cancelled not kept, as put off superseded. Everything else: by
wording (`claims.read_bearing`). Silence past the due day (without one, after a year), while the corpus goes on about
the same parties, is no follow-up in the corpus; what has a condition and no day stays open, since the condition may not
have been met.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from communique.link.claims import (
    RELATED,
    Bearing,
    Claim,
    choose_candidates,
    is_in_time,
    is_past_due,
    rank_related,
    read_bearing,
)
from communique.link.told import World, iter_later, read_turn
from communique.link.traces import Passage
from communique.model import Candidate, Commitment, CommitmentStatus, Evidence, Stance, Turn

# A promise without a day: after so many days of later reports, silence is worth telling.
SILENCE = timedelta(365)
_OF_TURN = {
    Turn.KEPT: CommitmentStatus.KEPT,
    Turn.BROKEN: CommitmentStatus.NOT_KEPT,
    Turn.REPLACED: CommitmentStatus.SUPERSEDED,
    Turn.PUT_OFF: CommitmentStatus.SUPERSEDED,
}
_ENGAGEMENTS = {
    Turn.DONE: (CommitmentStatus.KEPT, Stance.FOR, "a later report tells that it took place"),
    Turn.CANCELLED: (CommitmentStatus.NOT_KEPT, Stance.AGAINST, "a later report tells that it was called off"),
    Turn.PUT_OFF: (CommitmentStatus.SUPERSEDED, Stance.UNCLEAR, "a later report tells that it was put off"),
}


def settle_commitment(row: Commitment, claim: Claim, world: World) -> Commitment:
    """The commitment with status, its evidence and reason, and candidates."""
    if claim.day is None:
        return row
    found, status, words, reason = _read_engagement(row, claim, world)
    bearings: list[Bearing] = []
    others: list[Passage] = []
    for passage in world.passages.find_sharing(claim.terms, claim.day.end):
        bearing = read_bearing(claim, passage)
        if row.engagement is not None and (bearing is None or bearing.turn in (None, Turn.DONE, Turn.NOT_DONE)):
            continue  # one visit is not another: `_read_engagement` knows which is meant
        if bearing is not None:
            bearings.append(bearing)
            found.append(world.passages.propose(passage, bearing.stance, bearing.reason))
        else:
            others.append(passage)
    found += [world.passages.propose(p, Stance.UNCLEAR, RELATED) for p in rank_related(claim, others)]
    if status is None:
        for bearing in sorted(bearings, key=lambda b: b.passage.day):
            settled = _settle(bearing, claim)
            if settled is not None:
                status, words, reason = settled, world.passages.cite(bearing.passage), bearing.reason
                break
    if status is None:
        status, reason = _read_silence(row, claim, world, found)
    candidates = choose_candidates(found)
    evidence = (words,) if words is not None else ()
    return replace(row, status=status, status_evidence=evidence, status_reason=reason, candidates=candidates)


def _read_engagement(
    row: Commitment, claim: Claim, world: World
) -> tuple[list[Candidate], CommitmentStatus | None, Evidence | None, str]:
    """What later reports say of an announced engagement; the last word wins, and that it happened over all else."""
    engagement = world.engagements.get(row.engagement or "")
    found: list[Candidate] = []
    status: CommitmentStatus | None = None
    words: Evidence | None = None
    reason = ""
    for told in iter_later(engagement, claim, world) if engagement is not None else ():
        turn = read_turn(told, world)
        if turn is None:
            continue
        means, stance, why = _ENGAGEMENTS[turn]
        found.append(Candidate(told.document, told.start, told.end, told.quote, stance, why))
        if status is not CommitmentStatus.KEPT:
            status, words, reason = means, told.words, why
    return found, status, words, reason


def _settle(bearing: Bearing, claim: Claim) -> CommitmentStatus | None:
    if bearing.turn in _OF_TURN:
        status = _OF_TURN[bearing.turn]
    elif bearing.turn is Turn.DONE and is_in_time(claim, bearing.passage) and len(claim.terms) > 1:
        status = CommitmentStatus.KEPT
    elif bearing.turn is Turn.NOT_DONE and is_past_due(claim, bearing.passage):
        return CommitmentStatus.NOT_KEPT
    else:
        return None
    return CommitmentStatus.PARTLY_KEPT if status is CommitmentStatus.KEPT and bearing.partly else status


def _read_silence(row: Commitment, claim: Claim, world: World, found: list[Candidate]) -> tuple[CommitmentStatus, str]:
    """Open, or no follow-up: the parties are written of after the day, and no passage tells anything of it."""
    told = any(candidate.stance is not Stance.UNCLEAR for candidate in found)
    if claim.day is None or told or not claim.parties or (row.condition and claim.due is None):
        return CommitmentStatus.OPEN, ""
    limit = claim.due.end if claim.due is not None else claim.day.end + SILENCE
    if not all(_is_written_of(party, claim, world, limit) for party in claim.parties):
        return CommitmentStatus.OPEN, ""
    after = f"after {limit.isoformat()}"
    return CommitmentStatus.NO_FOLLOW_UP, f"documents {after} are about the same parties; none tells what became of it"


def _is_written_of(party: str, claim: Claim, world: World, limit: date) -> bool:
    """Does a document after a day name a party, or somebody of its state?"""
    named = [world.passages.last_day.get(name) for name in (party, claim.side_of.get(party)) if name]
    return any(last is not None and last > limit for last in named)
