"""What became of a forecast, by later passages.

1. Whether it is of an engagement itself ("is expected to meet"): what later reports tell of that.
2. Of its agenda ("expected to discuss"): agenda items at the same engagement.
3. Of its result ("a breakthrough"): what documents about the same engagement tell as a result, or as none.
4. Else by wording (`claims.read_bearing`), "as had been expected" and "contrary to predictions" among it.

Only wording settles: "partly" stands where reports of the same occasion tell of both, "consistent, not proven" where
they tell what was expected, short of saying so. A bare possibility without a day or an occasion is unresolvable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.link.claims import (
    RELATED,
    SEQUEL,
    Claim,
    choose_candidates,
    is_past_due,
    rank_related,
    read_bearing,
)
from communique.link.told import World, iter_later, read_turn
from communique.link.traces import Passage
from communique.model import (
    AgendaItem,
    Candidate,
    EngagementEvidence,
    Evidence,
    Forecast,
    Phase,
    Resolution,
    Stance,
    Status,
    Strength,
    Turn,
)

# The term of a forecast that says whether anything comes of an occasion (annotate.ledgers.terms).
RESULT = "=result"
# "He hoped for a breakthrough. It didn't work.": the next sentence begins this near.
NEXT_SENTENCE = 3
# Of what later reports tell of the same states, so many passages are shown, of at least so many telling words.
MAX_SEQUELS, MIN_TOLD = 2, 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Candidates of one way of looking, and the resolution that their wording settles, if it does."""

    candidates: Sequence[Candidate] = ()
    resolution: Resolution | None = None
    evidence: Sequence[Evidence] = ()
    reason: str = ""


def resolve_forecast(row: Forecast, claim: Claim, world: World) -> Forecast:
    """The forecast with resolution, its evidence and reason, and candidates."""
    ways = (_read_next, _read_occasion, _read_agenda, _read_results, _read_wording)
    findings = [way(row, claim, world) for way in ways]
    candidates = choose_candidates([c for finding in findings for c in finding.candidates])
    for finding in findings:
        if finding.resolution is not None:
            return replace(
                row, resolution=finding.resolution, resolution_evidence=tuple(finding.evidence),
                resolution_reason=finding.reason, candidates=candidates,
            )  # fmt: skip
    is_bare = row.strength is Strength.CONCEIVABLE and row.horizon is None and row.engagement is None
    if is_bare and not any(c.stance is not Stance.UNCLEAR for c in candidates):
        reason = "a bare possibility without a day or an occasion: nothing that comes later could prove it wrong"
        return replace(row, resolution=Resolution.UNRESOLVABLE, resolution_reason=reason, candidates=candidates)
    return replace(row, candidates=candidates)


def _propose(words: Evidence, stance: Stance, reason: str) -> Candidate:
    return Candidate(words.document, words.start, words.end, words.quote, stance, reason)


def _read_next(row: Forecast, claim: Claim, world: World) -> Finding:
    """The very next sentence of the same report: "It didn't work.\""""
    said = world.find_passage(row.document, row.evidence[0].start)
    here = world.passages.of_document.get(row.document, ())
    if said is None:
        return Finding()
    for passage in here:
        is_next = 0 <= passage.trace.start - said.trace.end <= NEXT_SENTENCE
        told = [deed for deed in passage.deeds if deed.turn is Turn.NO_RESULT and deed.sure]
        if is_next and told and not passage.words:
            words, reason = world.passages.cite(passage), "the next sentence tells that it came to nothing"
            candidate = _propose(words, Stance.FOR if claim.is_denial else Stance.AGAINST, reason)
            settled = Resolution.BORNE_OUT if claim.is_denial else Resolution.NOT_BORNE_OUT
            return Finding([candidate], settled, [words], reason)
    return Finding()


def _read_occasion(row: Forecast, claim: Claim, world: World) -> Finding:
    """ "is expected to meet": the engagement itself is what is expected, when this report has it as such."""
    engagement = world.engagements.get(row.engagement or "")
    own = row.evidence[0]
    if engagement is None or not any(
        e.document == own.document and e.status in (Status.EXPECTED, Status.POSSIBLE) and _is_same_clause(e, own)
        for e in engagement.evidence
    ):
        return Finding()
    found: list[Candidate] = []
    for told in iter_later(engagement, claim, world):
        turn = read_turn(told, world)
        if turn is Turn.DONE:
            reason = "a later report tells that it took place"
            candidate = _propose(told.words, Stance.AGAINST if claim.is_denial else Stance.FOR, reason)
            settled = None if claim.is_denial or row.strength is not Strength.EXPECTED else Resolution.BORNE_OUT
            return Finding([*found, candidate], settled, [told.words] if settled else [], reason)
        if turn is not None:
            found.append(_propose(told.words, Stance.AGAINST, "a later report tells that it was put off or called off"))
    return Finding(found)


def _is_same_clause(told: EngagementEvidence, own: Evidence) -> bool:
    return abs(told.start - own.start) <= NEXT_SENTENCE and abs(told.end - own.end) <= NEXT_SENTENCE


def _read_agenda(row: Forecast, claim: Claim, world: World) -> Finding:
    """ "expected to discuss X and Y": what became of each at that engagement, in later documents."""
    own = row.evidence[0]
    related = world.find_related(row.engagement)
    items = [item for id in related for item in world.agenda.get(id, ())]
    expected = [
        i for i in items if i.phase is Phase.EXPECTED and i.document == row.document and _overlaps(i.evidence[0], own)
    ]
    later = [i for i in items if world.is_later(i.document, claim)]
    found: list[Candidate] = []
    addressed: dict[str, Evidence] = {}
    for issue in dict.fromkeys(item.issue for item in expected):
        for item in later:
            if not _is_same_issue(issue, item):
                continue
            if item.phase is Phase.ADDRESSED:
                addressed.setdefault(issue, item.evidence[0])
                found.append(_propose(item.evidence[0], Stance.FOR, f"{issue}: addressed"))
            elif item.phase is Phase.AVOIDED:
                found.append(_propose(item.evidence[0], Stance.AGAINST, f"{issue}: avoided"))
    issues = {item.issue for item in expected}
    if not addressed or any(c.stance is Stance.AGAINST for c in found):
        return Finding(found)
    left = sorted(issues - set(addressed))
    reason = f"addressed: {', '.join(sorted(addressed))}" + (f"; no passage on: {', '.join(left)}" if left else "")
    settled = Resolution.PARTLY if left else Resolution.CONSISTENT
    return Finding(found, settled, list(dict.fromkeys(addressed.values())), reason)


def _overlaps(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end


def _is_same_issue(issue: str, item: AgendaItem) -> bool:
    """One issue's words are all in the other's: "Syria" and "civil war in Syria"."""
    one, other = frozenset(issue.casefold().split()), frozenset(item.issue.casefold().split())
    return one <= other or other <= one


def _read_results(row: Forecast, claim: Claim, world: World) -> Finding:
    """ "no breakthrough": what reports of the same occasion tell as its result."""
    if RESULT not in claim.terms:
        return Finding()
    documents = {
        told.document
        for id in world.find_related(row.engagement)
        for told in iter_later(world.engagements[id], claim, world)
        if told.status is Status.HAPPENED
    }
    found: list[Candidate] = []
    clear: dict[Stance, list[Evidence]] = {Stance.FOR: [], Stance.AGAINST: []}
    exact = False
    for passage in (p for id in sorted(documents) for p in world.passages.of_document.get(id, ())):
        for deed in passage.deeds:
            if deed.turn not in (Turn.RESULT, Turn.NO_RESULT):
                continue
            stance = Stance.FOR if (deed.turn is Turn.NO_RESULT) == claim.is_denial else Stance.AGAINST
            reason = "tells of a result" if deed.turn is Turn.RESULT else "tells of no result"
            found.append(world.passages.propose(passage, stance, reason))
            if deed.sure:
                clear[stance].append(world.passages.cite(passage))
                exact |= deed.act in claim.terms and stance is Stance.FOR
    return _weigh_results(found, clear, exact)


def _weigh_results(found: list[Candidate], clear: dict[Stance, list[Evidence]], exact: bool) -> Finding:
    if clear[Stance.FOR] and clear[Stance.AGAINST]:
        reason = "reports of the same occasion tell of both; a person decides what weighs more"
        return Finding(found, Resolution.PARTLY, [clear[Stance.FOR][0], clear[Stance.AGAINST][0]], reason)
    if exact:
        return Finding(found, Resolution.CONSISTENT, clear[Stance.FOR][:1], "a report of the occasion tells the same")
    return Finding(found)


def _read_wording(row: Forecast, claim: Claim, world: World) -> Finding:
    if claim.day is None:
        return Finding()
    found: list[Candidate] = []
    others: list[Passage] = []
    settled: Finding | None = None
    for passage in world.passages.find_sharing(claim.terms, claim.day.end):
        bearing = read_bearing(claim, passage)
        if bearing is None:
            others.append(passage)
            continue
        found.append(world.passages.propose(passage, bearing.stance, bearing.reason))
        resolution = _settle(bearing.turn, bearing.stance, row, claim, passage)
        if resolution is not None and settled is None:
            settled = Finding((), resolution, [world.passages.cite(passage)], bearing.reason)
    found += [world.passages.propose(p, Stance.UNCLEAR, RELATED) for p in rank_related(claim, others)]
    if not found and claim.around:
        found += _read_sequel(claim, world)
    return Finding(found) if settled is None else replace(settled, candidates=found)


def _read_sequel(claim: Claim, world: World) -> list[Candidate]:
    """What later reports tell to have ended, well or badly, of the very states of which something was expected."""
    later = world.passages.find_outcomes(claim.around, claim.day.end) if claim.day is not None else []
    near = [p for p in later if claim.around <= p.around and len(p.words) >= MIN_TOLD]
    return [world.passages.propose(p, Stance.UNCLEAR, SEQUEL) for p in near[:MAX_SEQUELS]]


def _settle(turn: Turn | None, stance: Stance, row: Forecast, claim: Claim, passage: Passage) -> Resolution | None:
    """What wording settles: that it came "as expected", "contrary to predictions", or was done in the same words."""
    if turn is Turn.FORETOLD and stance is Stance.FOR:
        return Resolution.BORNE_OUT
    if turn is Turn.CONTRARY and stance is Stance.AGAINST:
        return Resolution.NOT_BORNE_OUT
    if turn is Turn.DONE and stance is Stance.FOR and len(claim.terms) > 2:
        is_sure = row.strength is Strength.EXPECTED
        return Resolution.BORNE_OUT if is_sure else Resolution.CONSISTENT
    if turn is Turn.NOT_DONE and stance is Stance.AGAINST and is_past_due(claim, passage):
        return Resolution.NOT_BORNE_OUT
    return None
