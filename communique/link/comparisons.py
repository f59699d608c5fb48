"""A comparison out of what is said: `make_comparison`."""

from __future__ import annotations

from collections.abc import Iterable

from communique.link.said import Said
from communique.model import ComparedValue, Comparison, Property, Relation, content_id


def make_comparison(about: str, name: Property, relation: Relation, said: Iterable[Said], reason: str) -> Comparison:
    """A comparison; a document's value stands once, where it says it first."""
    rows: dict[tuple[str, str, str], Said] = {}
    for v in sorted(said, key=_sort_said):
        rows.setdefault((v.document, v.value, v.voice.name if v.voice else ""), v)
    values = tuple(ComparedValue(v.value, v.document, v.evidence, v.voice) for v in rows.values())
    places = [word for v in values for word in (v.document, v.evidence.start, v.evidence.end, v.value)]
    return Comparison(content_id("cmp", about, name, relation, *places), about, name.value, relation, values, reason)


def _sort_said(said: Said) -> tuple[str, int, int, str, str]:
    return said.document, said.evidence.start, said.evidence.end, said.value, repr(said.voice)
