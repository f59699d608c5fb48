"""Versions of one article: reports of one outlet that stand at one address, or under one title within a few days.

What is the same article need not be the same text: an outlet writes on. So less common text is asked for than of copies
(`duplicates`), but some, since a page may hold another report every day, and under one title whole paragraphs, since
notices are written from forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from communique.model import ComparedValue, Comparison, Document, Evidence, Relation, Span, content_id
from communique.text.addresses import make_address_key
from communique.text.segment import fold

# Of the runs of the shorter, at one address; of its runs in paragraphs that both have, under one title.
MIN_SHARE = 0.25
MAX_DAYS = 3
# A title of fewer words ("Press notice") stands above many reports.
MIN_TITLE = 5
# More documents of one outlet with one title, or at one address, are no versions of one article.
MAX_VERSIONS = 30

Paragraphs = Mapping[Span, frozenset[str]]


def find_kin(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``documents``, the smaller first, that may be versions of one article by what they say of
    themselves."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, document in enumerate(documents):
        for key in (get_address(document), _get_name(document)):
            if key is not None:
                alike[key].append(i)
    for places in alike.values():
        if len(places) <= MAX_VERSIONS:
            yield from combinations(places, 2)


def get_address(document: Document) -> tuple[str, ...] | None:
    """The key of its address."""
    key = make_address_key(document.url.value) if document.url else None
    return ("address", key) if key else None


def _get_name(document: Document) -> tuple[str, ...] | None:
    if document.title is None or document.publisher is None or len(document.title.value.split()) < MIN_TITLE:
        return None
    return ("title", fold(document.publisher.value).casefold(), fold(document.title.value).casefold())


def are_versions(a: Document, b: Document, paragraphs: tuple[Paragraphs, Paragraphs]) -> bool:
    """True when two documents are versions of one article.

    Args:
        a: A document.
        b: Another one.
        paragraphs: Of each, the runs of words of its paragraphs.
    """
    one, other = (frozenset().union(*of.values()) for of in paragraphs)
    least = min(len(one), len(other))
    if least == 0:
        return False
    address = get_address(a)
    if address is not None and address == get_address(b):
        return len(one & other) / least >= MIN_SHARE
    name = _get_name(a)
    if name is None or name != _get_name(b) or not _are_near(a, b):
        return False
    shared = frozenset().union(*(set(paragraphs[0].values()) & set(paragraphs[1].values())))
    return len(shared) / least >= MIN_SHARE


def _are_near(a: Document, b: Document) -> bool:
    """True unless the days are known to lie apart."""
    days = [document.published.start for document in (a, b) if document.published and document.published.start]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= MAX_DAYS


def order_versions(documents: Iterable[Document]) -> list[Document]:
    """The first version first: by day, what is marked as updated after what is not; of one day, the shorter before."""

    def key(document: Document) -> tuple[str, bool, int, str]:
        day = document.published
        start = str(day.start) if day and day.start else ""
        return start, bool(day and "updated" in day.note), len(document.text), document.id

    return sorted(documents, key=key)


def tell_versions(documents: Sequence[Document], evidence: Mapping[str, Evidence]) -> Comparison:
    """The comparison that lists the versions of an article; ``about`` is the last one.

    Args:
        documents: As `order_versions` gives them.
        evidence: Words that show what they share, by document.
    """
    n = len(documents)
    values = tuple(
        ComparedValue(f"version {i} of {n}", document.id, evidence[document.id])
        for i, document in enumerate(documents, 1)
    )
    reason = "one outlet's article at one address, or under one title within days, with text in common"
    ids = [document.id for document in documents]
    return Comparison(content_id("cmp", "versions", *ids), ids[-1], "versions", Relation.SAME_CHAIN, values, reason)
