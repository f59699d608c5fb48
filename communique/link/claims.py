"""A commitment or forecast as what later passages are held against: `Claim`, and how a passage bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from communique.link.intervals import Interval
from communique.link.traces import Passage
from communique.model import Candidate, Deed, Stance, Turn

# A passage is about the same thing when it shares this part of a claim's terms, and two of them.
MIN_SHARE = 0.6
MIN_SHARED = 2
# Reports of what was done come some days after the day itself.
REPORT_DAYS = 14
# Passages that may bear on it, beside those that do.
MAX_UNCLEAR = 4
MAX_CANDIDATES = 6
# Why a passage that settles nothing is shown beside a row.
RELATED = "shares words and parties"
SEQUEL = "later, of the same state: tells how something ended"
_WAYS = {
    Turn.BROKEN: "tells that it was broken",
    Turn.KEPT: "tells that it was kept",
    Turn.REPLACED: "tells that it was replaced",
    Turn.PUT_OFF: "tells that it was put off",
    Turn.CANCELLED: "tells that it was called off",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What was promised or expected: the row's words and people in the shape in which passages have them."""

    id: str
    document: str
    day: Interval | None  # of its document
    terms: tuple[str, ...]
    words: frozenset[str]  # the same, in no order
    parties: frozenset[str]
    sides: frozenset[str]
    due: Interval | None
    matter: frozenset[str]  # terms that are no names
    side_of: Mapping[str, str | None]  # of its parties
    around: frozenset[str] = frozenset()  # its states, also those of adjectives: "the Syrians will"
    is_denial: bool = False  # what is expected is that it will not be

    @property
    def act(self) -> str | None:
        return self.terms[0] if self.terms else None

    def get_share(self, passage: Passage) -> float:
        """The part of its terms that a passage has, 0 to 1."""
        return len(self.words & passage.words) / len(self.words) if self.words else 0.0

    def is_subject_of(self, passage: Passage) -> bool:
        """Is the passage about the same thing and the same people, as far as words tell?"""
        n_shared = len(self.words & passage.words)
        is_same = n_shared >= MIN_SHARE * len(self.words) and n_shared >= min(MIN_SHARED, len(self.words))
        return is_same and bool(self.words) and self.is_near(passage)

    def is_earlier(self, passage: Passage) -> bool:
        """Does the passage tell of days before the claim was made?"""
        return self.day is not None and any(days.end < self.day.start for days in passage.days)

    def is_related(self, passage: Passage) -> bool:
        """Worth a look: a word of its matter and all its states, two and a party, or three of its terms."""
        n_matter = len(self.matter & passage.words)
        is_near = self.is_near(passage) or not self.parties
        if n_matter and len(self.sides) > 1 and self.sides <= passage.around:
            return True  # of the same states
        return (n_matter > 1 and is_near) or (n_matter > 0 and len(self.words & passage.words) > 2)

    def is_near(self, passage: Passage) -> bool:
        """Does the passage name one of its parties, or somebody of their state?"""
        return bool(self.parties & passage.entities or self.sides & passage.sides)

    def is_by_party(self, deed: Deed, passage: Passage) -> bool:
        """Did one of its parties do it? In a passive without agent: is one of them named?"""
        return bool(self.parties & set(deed.actors)) if deed.actors else bool(self.parties & passage.entities)


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a passage bears on a claim. ``turn``: what its wording settles, None where it settles nothing."""

    passage: Passage
    stance: Stance
    reason: str
    turn: Turn | None = None
    partly: bool = False


def read_bearing(claim: Claim, passage: Passage) -> Bearing | None:
    """What a passage about the same thing tells of a claim; None where it tells nothing of its end.

    A wording settles only in the report's own voice: what a speaker says of it is for or against, and no more.
    """
    if not claim.is_subject_of(passage) or claim.is_earlier(passage):
        return None
    for deed in passage.deeds:
        if deed.turn in _WAYS and not (deed.turn is Turn.KEPT and deed.act == "promise"):
            stance = Stance.FOR if deed.turn is Turn.KEPT else Stance.AGAINST
            stance = Stance.UNCLEAR if deed.turn in (Turn.REPLACED, Turn.PUT_OFF) else stance
            is_theirs = not deed.actors or bool(claim.parties & set(deed.actors))
            turn = deed.turn if is_theirs and deed.sure and deed.turn is not Turn.CANCELLED else None
            return Bearing(passage, stance, _WAYS[deed.turn], turn)
    return _read_act(claim, passage)


def _read_act(claim: Claim, passage: Passage) -> Bearing | None:
    acts = [deed for deed in passage.deeds if deed.act == claim.act and deed.turn in (Turn.DONE, Turn.NOT_DONE)]
    for deed in acts:
        is_done = deed.turn is Turn.DONE
        if not claim.is_by_party(deed, passage):
            return Bearing(passage, Stance.UNCLEAR, "tells of the same, done by others")
        stance = Stance.FOR if is_done != claim.is_denial else Stance.AGAINST
        reason = "tells that it was done" if is_done else "tells that it was not done"
        said = {other.turn for other in passage.deeds if other.sure}
        turn: Turn | None = None
        if deed.sure:
            named = {Turn.KEPT, Turn.FORETOLD, Turn.CONTRARY} & said
            is_whole = claim.get_share(passage) == 1 and bool(deed.actors)
            turn = min(named, key=list(Turn).index) if named else deed.turn if is_whole else None
        return Bearing(passage, stance, reason, turn, deed.partly)
    return None


def is_in_time(claim: Claim, passage: Passage) -> bool:
    """Was the passage's report out by the due day, or soon enough after it to tell of it?"""
    return claim.due is None or passage.day.start <= claim.due.end + timedelta(REPORT_DAYS)


def is_past_due(claim: Claim, passage: Passage) -> bool:
    """Is the due day over in the passage's report?"""
    return claim.due is not None and passage.day.start > claim.due.end


def rank_related(claim: Claim, passages: Iterable[Passage]) -> list[Passage]:
    """Those worth a look, the best first: by its act, then by how much of its matter; one of each document in turn."""
    related = [passage for passage in passages if claim.is_related(passage)]
    related.sort(key=lambda p: (claim.act not in p.words, -len(claim.matter & p.words)))
    rank: Counter[str] = Counter()
    places = []
    for passage in related:
        rank[passage.trace.document] += 1
        places.append(rank[passage.trace.document])
    return [passage for _, passage in sorted(zip(places, related, strict=True), key=lambda pair: pair[0])]


def choose_candidates(found: list[Candidate]) -> tuple[Candidate, ...]:
    """The candidates to keep: each wording once, those for and against first; at most `MAX_CANDIDATES`."""
    seen: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: c.stance is Stance.UNCLEAR):
        seen.setdefault(" ".join(candidate.quote.split()), candidate)
    clear = [c for c in seen.values() if c.stance is not Stance.UNCLEAR]
    unclear = [c for c in seen.values() if c.stance is Stance.UNCLEAR][:MAX_UNCLEAR]
    return tuple([*clear, *unclear][:MAX_CANDIDATES])
