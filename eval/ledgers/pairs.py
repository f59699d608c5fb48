"""Pairs expected rows with rows of the record that rest on the same passages, one to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.ledgers.expected import BESIDE, Expected, Span
from eval.ledgers.fields import is_right
from eval.ledgers.rows import FIELDS, Found

Verdict = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What fields are judged against: all rows of both sides by ledger, and each report's own names."""

    expected: Mapping[str, Sequence[Expected]]
    found: Mapping[str, Sequence[Found]]
    own: Mapping[str, Collection[str]]

    def is_link_right(self, ledger: str, key: str, id: str | None) -> bool:
        """Whether the row of the record that is pointed at rests on passages of the row that is expected."""
        wanted = [span for row in self.expected[ledger] if row.key == key for span in row.spans]
        return any(row.id == id and meets(row.spans, wanted) for row in self.found[ledger])


@dataclass(slots=True)
class Pairs:
    """One ledger: pairs with a verdict a field, what was missed, and rows of the record that are not paired."""

    ledger: str
    paired: list[tuple[Expected, Found, Verdict]] = field(default_factory=list)
    missed: list[Expected] = field(default_factory=list)
    doubles: list[Found] = field(default_factory=list)  # on passages of a row that another one is paired with
    extra: list[Found] = field(default_factory=list)


def meets(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def pair(ledger: str, known: Known) -> Pairs:
    """Pairs one ledger. Of several rows on one passage, the one with most fields right is taken."""
    candidates = []
    for wanted in known.expected[ledger]:
        for row in known.found[ledger]:
            n_met = sum(meets(row.spans, group) for group in wanted.groups)
            if n_met >= wanted.n_needed:
                verdict = judge(wanted, row, known)
                rank = (-n_met, -sum(verdict.values()), wanted.is_optional, wanted.number, row.spans, row.id)
                candidates.append((rank, wanted, row, verdict))
    pairs = Pairs(ledger)
    taken: set[object] = set()
    for _, wanted, row, verdict in sorted(candidates, key=lambda candidate: candidate[0]):
        if wanted.number not in taken and row.id not in taken:
            taken |= {wanted.number, row.id}
            pairs.paired.append((wanted, row, verdict))
    pairs.paired.sort(key=lambda one: one[0].number)
    pairs.missed = [one for one in known.expected[ledger] if one.number not in taken and not one.is_optional]
    if ledger not in BESIDE:
        near = {row.id for _, _, row, _ in candidates}
        rest = [row for row in known.found[ledger] if row.id not in taken]
        pairs.doubles = [row for row in rest if row.id in near]
        pairs.extra = [row for row in rest if row.id not in near]
    return pairs


def judge(wanted: Expected, row: Found, known: Known) -> dict[str, bool]:
    """The fields that are expected, each right or wrong; an answer that nobody expects is wrong, too."""
    verdict = {}
    for name in FIELDS[wanted.ledger]:
        expected, found = wanted.fields.get(name), row.values[name]
        if name in ("engagement", "about") and expected is not None:
            verdict[name] = known.is_link_right("engagements", expected, found)
        elif name == "answers" and (expected or found):
            verdict[name] = known.is_link_right("measures", expected or "", found)
        elif expected is not None:
            verdict[name] = is_right(name, expected, found, _own(row, known))
    return verdict


def _own(row: Found, known: Known) -> Collection[str]:
    return known.own.get(row.spans[0].file, ()) if row.spans else ()


def describe(row: Expected | Found, texts: Mapping[str, str]) -> str:
    """A row on one line: its passages and its values."""
    passages = "; ".join(
        f"{span.file[:2]}:{span.start} “{' '.join(texts[span.file][span.start : span.end].split())}”"
        for span in row.spans
    )
    values: Mapping[str, Any] = row.fields if isinstance(row, Expected) else row.values
    return f"{passages} | " + ", ".join(
        f"{name} {say(value)}" for name, value in values.items() if value not in (None, [])
    )


def say(value: Any) -> str:
    """A value on one line: names of actors, EDTF of days."""
    if isinstance(value, list):
        return " + ".join(map(say, value)) or "none"
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("edtf") or value.get("kind") or "unknown")
    return "none" if value in (None, "") else " ".join(str(value).split())
