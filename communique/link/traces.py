"""The traces of all documents, by their words: which later passages share what with a promise or a forecast.

Only words that some promise or forecast asks for are indexed, and a word that stands nearly everywhere is none, so that
the cost grows with the corpus and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from math import log

from communique.link.intervals import Interval, find_interval
from communique.link.places import find_adjective_states
from communique.model import Candidate, Deed, Document, Evidence, Mention, Reading, Stance, Trace, Turn, When

# A word in more sentences than this tells nothing apart.
MAX_POSTINGS = 400
# What tells how something ended, for better or worse.
ENDS = (Turn.RESULT, Turn.NO_RESULT, Turn.KEPT, Turn.BROKEN)
# A sentence that begins so near goes on with what the one before tells of.
NEXT_SENTENCE = 3
# So many later passages are weighed for one row: those that share most.
MAX_WEIGHED = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A trace with its document's days and the entities that it names or lets act."""

    trace: Trace
    day: Interval
    words: frozenset[str]
    entities: frozenset[str]
    sides: frozenset[str]  # states that these stand for
    around: frozenset[str]  # these, and the states of adjectives ("Russian"); else those of the sentence before
    deeds: tuple[Deed, ...]  # actors are entities
    days: tuple[Interval, ...]  # that the sentence names


@dataclass(frozen=True, slots=True)
class Passages:
    """All dated passages by day, and where each word stands."""

    rows: Sequence[Passage]
    starts: Sequence[date]  # the first day of each
    postings: Mapping[str, Sequence[int]]
    of_document: Mapping[str, Sequence[Passage]]
    documents: Mapping[str, Document]
    last_day: Mapping[str, date]  # of an entity or state: the latest document that names it
    outcomes: Mapping[str, Sequence[Passage]]  # by state around: what tells how something ended, by day

    def find_sharing(self, terms: Iterable[str], after: date) -> list[Passage]:
        """Passages of documents wholly after a day that share the most weight of terms, the weightiest first."""
        weight: defaultdict[int, float] = defaultdict(float)
        first = bisect_right(self.starts, after)
        for term in sorted(set(terms)):
            found = self.postings.get(term, ())
            if 0 < len(found) <= MAX_POSTINGS:
                gain = 1 + log(MAX_POSTINGS / len(found))
                for i in found[bisect_left(found, first) :]:
                    weight[i] += gain
        heaviest = nsmallest(MAX_WEIGHED, ((-gain, i) for i, gain in weight.items()))
        return [self.rows[i] for _, i in heaviest]

    def find_outcomes(self, sides: Iterable[str], after: date) -> list[Passage]:
        """Passages of documents wholly after a day that tell how something ended of one of these states, by day."""
        found: dict[tuple[str, int], Passage] = {}
        for side in sorted(sides):
            rows = self.outcomes.get(side, ())
            first = bisect_right(rows, after, key=lambda row: row.day.start)
            for row in rows[first : first + MAX_WEIGHED]:
                found[row.trace.document, row.trace.start] = row
        return sorted(found.values(), key=lambda row: (row.day.start, row.trace.document, row.trace.start))

    def cite(self, passage: Passage) -> Evidence:
        """The words of a passage."""
        return self.documents[passage.trace.document].evidence(passage.trace.start, passage.trace.end)

    def propose(self, passage: Passage, stance: Stance, reason: str) -> Candidate:
        """A passage as a candidate."""
        words = self.cite(passage)
        return Candidate(words.document, words.start, words.end, words.quote, stance, reason)


def index_passages(
    readings: Sequence[Reading],
    published: Mapping[str, When],
    mentions: Sequence[Mention],
    known: Callable[[str], str | None],
    find_state: Callable[[str], str | None],
    wanted: frozenset[str],
) -> Passages:
    """The passages of all dated documents.

    Args:
        readings: Layer 1, sorted by document.
        published: Dates of undated reports, worked out from the corpus.
        mentions: With linked entities, by document and place.
        known: The entity of a referent.
        find_state: The state that an entity stands for.
        wanted: The words that are asked for.
    """
    by_document: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_document[mention.document].append(mention)
    rows: list[Passage] = []
    last_day: dict[str, date] = {}
    for reading in readings:
        id = reading.document.id
        day = find_interval(reading.document.published) or find_interval(published.get(id))
        if day is None:
            continue
        named = by_document[id]
        for party in {m.entity for m in named} | {s for m in named if (s := find_state(m.entity))}:
            last_day[party] = max(last_day.get(party, day.start), day.start)
        rows += _make_passages(reading, day, named, known, find_state)
    rows.sort(key=lambda row: (row.day.start, row.trace.document, row.trace.start))
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for word in row.words & wanted:
            postings[word].append(i)
    of_document: defaultdict[str, list[Passage]] = defaultdict(list)
    for row in rows:
        of_document[row.trace.document].append(row)
    outcomes: defaultdict[str, list[Passage]] = defaultdict(list)
    for row in rows:
        if any(deed.turn in ENDS for deed in row.deeds):
            for side in row.around:
                outcomes[side].append(row)
    documents = {reading.document.id: reading.document for reading in readings}
    return Passages(rows, [row.day.start for row in rows], postings, of_document, documents, last_day, outcomes)


def _make_passages(
    reading: Reading,
    day: Interval,
    named: Sequence[Mention],
    known: Callable[[str], str | None],
    find_state: Callable[[str], str | None],
) -> list[Passage]:
    """Traces are in text order, mentions by place: both are walked once."""
    rows: list[Passage] = []
    at = 0
    found = [(time.start, days) for time in reading.annotations.times if (days := find_interval(time.when))]
    times = sorted(found)
    starts = [start for start, _ in times]
    for trace in sorted(reading.annotations.traces, key=lambda trace: trace.start):
        while at < len(named) and named[at].start < trace.start:
            at += 1
        inside, k = set(), at
        while k < len(named) and named[k].start < trace.end:
            inside.add(named[k].entity)
            k += 1
        deeds = tuple(
            Deed(d.turn, d.act, tuple(e for a in d.actors if (e := known(a))), d.sure, d.partly) for d in trace.deeds
        )
        entities = frozenset(inside | {actor for deed in deeds for actor in deed.actors})
        sides = frozenset(side for entity in entities if (side := find_state(entity)))
        first, last = (bisect_left(starts, at) for at in (trace.start, trace.end))
        told = tuple(days for _, days in times[first:last])
        around = sides | find_adjective_states(reading.document.text[trace.start : trace.end])
        if not around and rows and 0 <= trace.start - rows[-1].trace.end <= NEXT_SENTENCE:
            around = rows[-1].around
        rows.append(Passage(trace, day, frozenset(trace.words.split()), entities, sides, around, deeds, told))
    return rows
