"""Registers that were given narrow the dates that reports leave open; the last step of linking.

A pure function of engagements and registers: what `beside.set_beside` finds to be certain. What a report says is kept
in ``registered.told``; exact days are never touched. Where two registers say different days, neither narrows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.link.abroad import Corpus
from communique.link.beside import set_beside
from communique.link.findings import Finding
from communique.link.lending import WITHIN_VISIT
from communique.model import Engagement, Register, Registered


def narrow_dates(corpus: Corpus, registers: Sequence[Register]) -> tuple[Engagement, ...]:
    """The engagements of a corpus with the dates that registers narrow, in the same order."""
    found: dict[str, list[tuple[Register, Finding]]] = {}
    for register in sorted(registers, key=lambda register: register.id):
        for finding in set_beside(corpus, register).findings:
            if finding.narrowed and finding.engagement:
                found.setdefault(finding.engagement, []).append((register, finding))
    narrowed = {row.id: _narrow(row, found.get(row.id, [])) for row in corpus.engagements}
    return tuple(_lend(row, narrowed) for row in narrowed.values())


def _narrow(row: Engagement, found: Sequence[tuple[Register, Finding]]) -> Engagement:
    days = {(finding.narrowed.start, finding.narrowed.end) for _, finding in found if finding.narrowed}
    if len(days) != 1:
        return row
    register, finding = found[0]
    source = Registered(register.id, register.name, finding.rows, finding.reason, row.date)
    return replace(row, date=finding.narrowed, registered=source)


def _lend(row: Engagement, narrowed: Mapping[str, Engagement]) -> Engagement:
    """A part that had its days from its visit has those that the visit has now."""
    above = narrowed.get(row.parent or "")
    if row.registered or not above or not above.registered or not above.date or not row.date:
        return row
    if row.date.note != WITHIN_VISIT or above.registered.told is None:
        return row
    if (row.date.start, row.date.end) != (above.registered.told.start, above.registered.told.end):
        return row
    return replace(
        row, date=replace(above.date, note=WITHIN_VISIT), registered=replace(above.registered, told=row.date)
    )
