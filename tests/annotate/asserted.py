"""What the program finds of the rows of ``measures.toml`` and ``accounts.toml``, set beside what the rows say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.model import Annotations, Assertion, Measure, Part, PartKind, Property, Source
from communique.read.reader import read_text

HERE = Path(__file__).parent
ASKED = (
    Property.START,
    Property.END,
    Property.DURATION,
    Property.MOOD,
    Property.RESULT,
    Property.ORDINAL,
    Property.TOPIC,
    Property.HOST,
    Property.NUMBER,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One text with what a reader finds in it, and what the rules have wrong of that."""

    published: str
    text: str
    wanted: tuple[tuple[object, ...], ...]
    wrong: frozenset[str] = frozenset()


def load_rows(path: str) -> list[Row]:
    """The rows of a table below this folder."""
    table = tomllib.loads((HERE / path).read_text("utf-8"))["case"]
    return [Row(day, text, tuple(tuple(w) for w in wanted), frozenset(*wrong)) for day, text, wanted, *wrong in table]


def read_row(row: Row, model: LanguageModel) -> Annotations:
    """Layer 1 of a row's text, all of which is body."""
    document = read_text(row.text, "row.txt", {"published": row.published})
    return annotate(replace(document, parts=(Part(PartKind.BODY, 0, len(row.text)),)), model)


# --- measures -------------------------------------------------------------------------------------


def find_faults_of_measures(row: Row, found: tuple[Measure, ...]) -> frozenset[str]:
    """``missed``, ``extra``, or the fields that are otherwise: measures are paired in text order by kind."""
    left = list(found)
    faults: set[str] = set()
    paired: dict[int, Measure] = {}
    for number, wanted in enumerate(row.wanted, start=1):
        of_kind = [m for m in left if m.kind == wanted[0]]
        best = max(of_kind, key=lambda m: len(_agreeing(m, wanted)), default=None)
        if best is None:
            faults.add("missed")
            continue
        left.remove(best)
        paired[number] = best
        faults |= {"actor", "targets", "status", "date"} - _agreeing(best, wanted)
    if left:
        faults.add("extra")
    for number, measure in paired.items():
        answered = paired.get(int(str(row.wanted[number - 1][5])))
        if measure.answers != (answered.id if answered else None):
            faults.add("answers")
    return frozenset(faults)


def _agreeing(measure: Measure, wanted: tuple[object, ...]) -> set[str]:
    _, actor, targets, status, day, _ = wanted
    fits = {
        "actor": _is_called(measure.actor, str(actor)),
        "targets": isinstance(targets, list)
        and len(targets) == len(measure.targets)
        and all(any(_is_called(t, name) for t in measure.targets) for name in targets),
        "status": measure.status == status,
        "date": ((measure.date.edtf if measure.date else None) or "") == day,
    }
    return {name for name, is_so in fits.items() if is_so}


def _is_called(source: Source | None, name: str) -> bool:
    """One name within the other is enough: how much of a phrase is a name is tried elsewhere."""
    if source is None or not name:
        return source is None and not name
    told = {source.name.lower(), (source.quote or source.name).lower()}
    return any(name.lower() in words or words in name.lower() for words in told)


# --- accounts -------------------------------------------------------------------------------------


def find_assertions(found: Annotations) -> list[Assertion]:
    """What is asserted of all engagements, each property and place in the text once."""
    told = {
        (a.evidence.start, a.evidence.end, a.property): replace(a, value=" ".join(a.evidence.quote.split()))
        for event in found.events
        for a in event.assertions
        if a.property in ASKED
    }
    return [told[key] for key in sorted(told)]


def find_faults_of_account(row: Row, found: list[Assertion]) -> frozenset[str]:
    """The properties that are missed, too many, or by another voice; words must overlap by more than half."""
    faults = set()
    left = list(found)
    for name, words, voice in row.wanted:
        fitting = [a for a in left if a.property == name and _overlaps(a.value, str(words))]
        if not fitting:
            faults.add(str(name))
            continue
        left.remove(fitting[0])
        told = fitting[0].voice
        if (told.name.split()[-1] if told else "") != voice:
            faults.add("voice")
    return frozenset(faults | {f"extra {a.property}" for a in left})


def _overlaps(one: str, other: str) -> bool:
    a, b = set(one.lower().split()), set(other.lower().split())
    return len(a & b) > 0.5 * len(a | b) or ((a <= b or b <= a) and bool(a & b))
