"""How many agenda items and silences of our own short reports are found: floors that only go up."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.model import AgendaItem
from communique.read.reader import read_text
from tests.annotate.ledgers import agenda_texts, silence_texts


def find(text: str, model: LanguageModel) -> dict[tuple[str, str], AgendaItem]:
    """Items by phase and issue."""
    agenda = annotate(read_text(text, "report.txt", {}), model).agenda
    return {(str(item.phase), item.issue.casefold()): item for item in agenda}


def says(item: AgendaItem, voice: str) -> bool:
    return voice.casefold() in (item.voice.name or str(item.voice.kind)).casefold()


@pytest.mark.parametrize(
    ("cases", "recall", "precision"),
    [(agenda_texts.CASES, 0.9, 0.94), (agenda_texts.UNSEEN, 0.76, 0.93)],
    ids=["cases", "unseen"],
)
def test_agenda_items(
    cases: Iterable[agenda_texts.Case], recall: float, precision: float, language_model: LanguageModel
) -> None:
    wanted = found = right = 0
    misheard = []
    for case in cases:
        items = find(case.text, language_model)
        expected = {(phase, issue.casefold()): voice for phase, issue, voice in case.items}
        both = items.keys() & expected.keys()
        wanted, found, right = wanted + len(expected), found + len(items), right + len(both)
        misheard += [key for key in both if not says(items[key], expected[key])]
    assert right >= recall * wanted, f"{right} of {wanted} items found"
    assert right >= precision * found, f"{right} of {found} items right"
    assert len(misheard) <= 1, f"in another voice: {misheard}"


def test_silences(language_model: LanguageModel) -> None:
    wanted = found = right = 0
    for case in silence_texts.CASES:
        rows = list(annotate(read_text(case.text, "report.txt", {}), language_model).silences)
        wanted, found = wanted + len(case.silences), found + len(rows)
        for kind, who, what in case.silences:
            match = next(
                (
                    row
                    for row in rows
                    if row.kind == kind
                    and who.casefold() in (row.who.name if row.who else "").casefold()
                    and what.casefold() in row.what.casefold()
                ),
                None,
            )
            if match is not None:
                rows.remove(match)
                right += 1
    assert right >= 0.95 * wanted, f"{right} of {wanted} silences found"
    assert right >= 0.95 * found, f"{right} of {found} silences right"
