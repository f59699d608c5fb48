"""What a register does to dates that are made less exact: the record of the sentences, beside its own register.

Each engagement that agrees with the register is told as of its month, of its year, or undated, and set beside the
register again: is the date narrowed to the right journey? And once more with that journey taken out of the register:
then every date that is narrowed is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from communique.codec import from_plain
from communique.link.abroad import Corpus
from communique.link.beside import set_beside
from communique.link.findings import Finding, Result
from communique.model import Basis, Engagement, Entity, Register, When
from communique.read.register import read_register
from communique.record.reader import open_record
from communique.text.dates import parse_edtf

FORMS = {"month": 7, "year": 4, "undated": 0}  # how many letters of an ISO date are left


def measure_narrowing(record: Path, file: Path) -> None:
    """Prints how the record stands to the register, and what becomes of dates that are made less exact."""
    register, _ = read_register(file)
    corpus = load_corpus(record)
    found = [finding for finding in set_beside(corpus, register).findings if finding.result is not Result.ONLY_THERE]
    print(f"\nas it stands: {_tell(Counter(finding.result.value for finding in found))}")
    right = {finding.engagement: finding for finding in found if finding.result is Result.AGREES}
    for form, n_letters in FORMS.items():
        told: Counter[str] = Counter()
        without: Counter[str] = Counter()
        for engagement in corpus.engagements:
            finding = right.get(engagement.id)
            if finding is None or not engagement.date or not engagement.date.start:
                continue
            parts = [part for part in corpus.engagements if part.parent == engagement.id]
            blurred = replace(corpus, engagements=[blur(engagement, n_letters), *parts])
            own = replace(register, rows=tuple(row for row in register.rows if row.name == finding.name))
            told[judge(blurred, own, finding)] += 1
            without[judge(blurred, leave_out(own, finding), finding)] += 1
        print(f"{form}: {_tell(told)}; without the right journey: {_tell(without)}")


def load_corpus(record: Path) -> Corpus:
    """What is set beside a register; without hints, since every sentence is dated."""
    with open_record(record) as opened:
        engagements = [from_plain(Engagement, row) for row in opened.engagements]
        entities = [from_plain(Entity, row) for row in opened.entities]
        published: Mapping[str, When | None] = {row["id"]: None for row in opened.documents}
    return Corpus(engagements, entities, published, {})


def blur(engagement: Engagement, n_letters: int) -> Engagement:
    """The engagement, told with the first letters of its ISO date only."""
    start = engagement.date.start.isoformat() if engagement.date and engagement.date.start else ""
    return replace(engagement, date=parse_edtf(start[:n_letters], Basis.STATED) if n_letters else None, parent=None)


def leave_out(register: Register, finding: Finding) -> Register:
    """The register without the journey that a finding means."""
    lines = {row.line for row in finding.rows}
    return replace(register, rows=tuple(row for row in register.rows if row.line not in lines))


def judge(corpus: Corpus, register: Register, right: Finding) -> str:
    """What became of one engagement."""
    findings = [one for one in set_beside(corpus, register).findings if one.engagement == right.engagement]
    if not findings:
        return "not compared"
    is_right = bool({row.line for row in findings[0].rows} & {row.line for row in right.rows})
    if findings[0].narrowed:
        return "narrowed, right" if is_right else "narrowed, WRONG"
    return findings[0].result.value


def _tell(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {words}" for words, count in sorted(counts.items()))
