"""How a decision keeps hold of a row: the words that it stands on, and a digest of what it said.

Ids come from content, and content grows: another report, or another version of the rules, may give a row another id.
Then it is found again by its words: of the same noun, in the same document, in an overlapping passage, and the only
such row (`Finder`). What a row claims are the fields that people check; that more reports now say the same changes
nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from communique.codec import from_plain, to_json
from communique.model import Anchor, Evidence
from communique.record.rows import Row

# Nouns that people decide on, and the fields of each that they check: what a verdict is about.
CLAIMS: dict[str, tuple[str, ...]] = {
    "documents": ("title", "publisher", "author", "published", "language", "standpoint"),
    "entities": ("kind", "name", "territory"),
    "statements": ("form", "content", "cue", "source", "via", "addressee", "made", "polarity"),
    "engagements": ("kind", "status", "date", "place", "participants"),
    "agenda": ("issue", "phase", "voice"),
    "silences": ("kind", "what", "who", "voice"),
    "commitments": ("debtors", "creditors", "what", "condition", "due", "status"),
    "forecasts": ("forecaster", "what", "hedge", "horizon", "via", "resolution"),
    "measures": ("kind", "name", "actor", "targets", "date", "status"),
    "comparisons": ("property", "relation", "values"),
}
REVIEWED: tuple[str, ...] = tuple(CLAIMS)
# Where the words are that a row of a noun stands on; `evidence` for the others.
_PLACES = {"entities": "mentions", "statements": "content", "comparisons": "values"}
# Of rows with more words than this, some are kept, at most `PER_DOCUMENT` of each report.
MAX_PLACES, PER_DOCUMENT = 200, 2
# Not part of a claim: where words stand and what they are linked to, which may grow or change its id.
_NOT_CLAIMED = frozenset({"evidence", "entity", "document", "start", "end", "note", "basis"})


def get_places(noun: str, row: Mapping[str, Any]) -> list[Row]:
    """The places that a row itself stands on, in the order of documents and text; none of documents."""
    found = row.get(_PLACES.get(noun, "evidence")) or []
    listed = [found] if isinstance(found, dict) else found
    places = [place["evidence"] if noun == "comparisons" else place for place in listed]
    return sorted(
        ({name: place[name] for name in ("document", "start", "end", "quote")} for place in places),
        key=lambda place: (place["document"], place["start"], place["end"]),
    )


def make_anchor(noun: str, row: Mapping[str, Any]) -> Anchor:
    """What a decision keeps of a row that it names."""
    seen: Counter[str] = Counter()
    kept = []
    for place in get_places(noun, row):
        seen[place["document"]] += 1
        if seen[place["document"]] <= PER_DOCUMENT:
            kept.append(from_plain(Evidence, place))
    return Anchor(row["id"], noun, tuple(kept[:MAX_PLACES]), digest_claim(noun, row))


def digest_claim(noun: str, row: Mapping[str, Any]) -> str:
    """A digest of what a row says, in the fields that people check."""
    claims = to_json([claim_of(row[name]) for name in CLAIMS.get(noun, ())])
    return hashlib.sha256(claims.encode()).hexdigest()[:16]


def claim_of(value: Any) -> Any:
    """What of a value is a claim: not where its words stand, nor the id of what it is linked to, nor its basis."""
    if isinstance(value, list):
        return [claim_of(member) for member in value]
    if not isinstance(value, dict):
        return value
    if "edtf" in value:  # a date: what is known of it, not where it was read
        return {name: value[name] for name in ("edtf", "start", "end")}
    return {name: claim_of(member) for name, member in value.items() if name not in _NOT_CLAIMED}


class _Place(NamedTuple):
    start: int
    end: int
    row: str


class Finder:
    """Finds rows that decisions name, by id or else by their words."""

    def __init__(self, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Takes all rows by noun; a noun is looked through by words only when that is needed."""
        self._rows = {noun: {row["id"]: row for row in found} for noun, found in rows.items()}
        self._places: dict[str, dict[str, list[_Place]]] = {}

    def has(self, noun: str, id: str) -> bool:
        """Is there a row of this id?"""
        return id in self._rows.get(noun, {})

    def get_machine(self, noun: str, id: str) -> Row | None:
        """A row, without what people changed in it; None where there is none."""
        row = self._rows.get(noun, {}).get(id)
        return dict(row) if row is not None else None

    def find(self, anchor: Anchor) -> str | None:
        """The id that a row has now; None where it is gone, or where several may be meant."""
        if self.has(anchor.noun, anchor.id):
            return anchor.id
        votes: Counter[str] = Counter()
        for place in anchor.places:
            near = self._index(anchor.noun).get(place.document, ())
            votes.update({found.row for found in near if found.start < place.end and place.start < found.end})
        if len(votes) > 1:
            best, most = votes.most_common(1)[0]
            return best if most * 2 > len(anchor.places) and list(votes.values()).count(most) == 1 else None
        return next(iter(votes), None)

    def _index(self, noun: str) -> Mapping[str, Sequence[_Place]]:
        if noun not in self._places:
            index: defaultdict[str, list[_Place]] = defaultdict(list)
            for id, row in self._rows.get(noun, {}).items():
                for place in get_places(noun, row):
                    index[place["document"]].append(_Place(place["start"], place["end"], id))
            self._places[noun] = index
        return self._places[noun]
