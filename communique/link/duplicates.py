"""Documents that are copies of one text: a wire report printed twice, a version with a new first paragraph; with the
versions of one article (`versions`) they count once.

Order of the steps: the words of the body parts (titles, comments and site furniture change from outlet to outlet); runs
of `RUN` words; candidates by MinHash (rensa) and, for shortened copies, by equal paragraphs; the share of common runs,
counted exactly, decides. Copies are grouped, and count once as evidence; the texts themselves stay as they are.

Exact duplicates are one document already when they get here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

from communique.link.versions import are_versions, find_kin, order_versions, tell_versions
from communique.model import (
    ComparedValue,
    Comparison,
    Document,
    Evidence,
    PartKind,
    Reading,
    Relation,
    Span,
    content_id,
)
from communique.text.segment import find_paragraphs

# Runs of five words: a copy keeps most of them even when its sentences were cut.
RUN = 5
# Of the runs of both together. Of 1,180 news texts (PolNeAR, TimeBank, AQUAINT), all pairs counted, the ten that are
# versions of one text have 0.44 and more, the others 0.29 and less (two reports of one trial by one agency).
MIN_JACCARD = 0.4
# Of the runs of the shorter, for shortened copies: the same ten pairs have 0.72 and more, the others 0.49 and less.
MIN_CONTAINMENT = 0.6
# Bodies with fewer runs say too little: a two-sentence notice is the same everywhere.
MIN_RUNS = 30
# A paragraph printed in more documents than this is a formula (an appeal, a disclaimer), not a sign of a copy.
MAX_PRINTED = 20
_PERMUTATIONS = 128
# 32 bands of 4 rows find a pair with Jaccard 0.5 in 87 of 100 cases, one with 0.6 in 99 (1 - (1 - j**4) ** 32).
_BANDS = 32
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Body:
    """A document's body for comparing."""

    document: Document
    runs: frozenset[str]
    paragraphs: Mapping[Span, frozenset[str]]


def find_chains(readings: Sequence[Reading]) -> tuple[dict[str, str], tuple[Comparison, ...]]:
    """Copies among documents.

    Returns:
        For every document the smallest id among its copies (its own without copies), and for every group of copies a
        comparison ``same chain`` about that document; for the versions of an article a further one about the last of
        them, in which they stand in order. Sorted by id.
    """
    bodies = [_make_body(r.document) for r in sorted(readings, key=lambda reading: reading.document.id)]
    bodies = [body for body in bodies if len(body.runs) >= MIN_RUNS]
    kin = _find_versions(bodies)
    copies = {pair for pair in _find_candidates(bodies) if _are_copies(*(bodies[i].runs for i in pair))}
    ids = [body.document.id for body in bodies]
    chain = {reading.document.id: reading.document.id for reading in readings} | _join(ids, copies | kin)
    comparisons = [_compare(first, group) for first, group in _group(bodies, chain) if len(group) > 1]
    comparisons += [_tell(group) for _, group in _group(bodies, _join(ids, kin)) if len(group) > 1]
    return chain, tuple(sorted(comparisons, key=lambda comparison: comparison.id))


def _join(ids: Sequence[str], pairs: Iterable[tuple[int, int]]) -> dict[str, str]:
    """For each id the smallest of those that pairs (places in ``ids``, which are sorted) join with it."""
    first = list(range(len(ids)))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    for pair in pairs:
        one, other = sorted(map(find, pair))
        first[other] = one
    return {id: ids[find(i)] for i, id in enumerate(ids)}


def _group(bodies: Sequence[_Body], chain: Mapping[str, str]) -> Iterator[tuple[str, list[_Body]]]:
    groups: defaultdict[str, list[_Body]] = defaultdict(list)
    for body in bodies:
        groups[chain[body.document.id]].append(body)
    yield from groups.items()


def _find_versions(bodies: Sequence[_Body]) -> set[tuple[int, int]]:
    documents = [body.document for body in bodies]
    return {
        (i, j)
        for i, j in find_kin(documents)
        if are_versions(documents[i], documents[j], (bodies[i].paragraphs, bodies[j].paragraphs))
    }


def _tell(group: Sequence[_Body]) -> Comparison:
    evidence = {
        body.document.id: _find_shared_paragraph(body, [other for other in group if other is not body])
        for body in group
    }
    return tell_versions(order_versions(body.document for body in group), evidence)


def _make_body(document: Document) -> _Body:
    parts = [part for part in document.parts if part.part is PartKind.BODY]
    spans = [Span(part.start, part.end) for part in parts] or ([] if document.parts else [Span(0, len(document.text))])
    paragraphs = {}
    for start, end in spans:
        for paragraph in find_paragraphs(document.text[start:end]):
            span = Span(start + paragraph.start, start + paragraph.end)
            runs = _find_runs(document.text[span.start : span.end])
            if runs:
                paragraphs[span] = runs
    return _Body(document, frozenset().union(*paragraphs.values()), paragraphs)


def _find_runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _find_candidates(bodies: Sequence[_Body]) -> set[tuple[int, int]]:
    """Pairs of places in ``bodies``, the smaller first, that may be copies."""
    pairs: set[tuple[int, int]] = set()
    if len(bodies) < 2:
        return pairs
    hashes = RMinHash.from_token_sets([sorted(body.runs) for body in bodies], _PERMUTATIONS, 42)
    index = RMinHashLSH(MIN_JACCARD, _PERMUTATIONS, _BANDS)
    index.insert_pairs(list(enumerate(hashes)))
    for i, found in enumerate(index.query_all(hashes)):
        pairs |= {(i, j) for j in found if i < j}
    printed: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for i, body in enumerate(bodies):
        for runs in set(body.paragraphs.values()):
            if len(runs) >= MIN_RUNS // 2:
                printed[runs].append(i)
    for where in printed.values():
        if len(where) <= MAX_PRINTED:
            pairs |= {(i, j) for i in where for j in where if i < j}
    return pairs


def _are_copies(a: frozenset[str], b: frozenset[str]) -> bool:
    common = len(a & b)
    return common / len(a | b) >= MIN_JACCARD or common / min(len(a), len(b)) >= MIN_CONTAINMENT


def _compare(first: str, group: Sequence[_Body]) -> Comparison:
    values = []
    for body in group:
        others = [other for other in group if other is not body]
        share = max(len(body.runs & other.runs) / len(body.runs) for other in others)
        words = f"{share:.0%} of its words stand in another copy"
        values.append(ComparedValue(words, body.document.id, _find_shared_paragraph(body, others)))
    ids = [value.document for value in values]
    reason = f"copies of one text: {MIN_JACCARD:.0%} of all runs of {RUN} words, or {MIN_CONTAINMENT:.0%} of one's"
    return Comparison(content_id("cmp", "text", *ids), first, "text", Relation.SAME_CHAIN, tuple(values), reason)


def _find_shared_paragraph(body: _Body, others: Iterable[_Body]) -> Evidence:
    """The first paragraph most of which another copy has, else the first of the body."""
    elsewhere = frozenset().union(*(other.runs for other in others))
    shared = (span for span, runs in body.paragraphs.items() if 2 * len(runs & elsewhere) > len(runs))
    return body.document.evidence(*next(shared, next(iter(body.paragraphs))))
