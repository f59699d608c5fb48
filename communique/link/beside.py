"""The record's visits and meetings beside an official register: what agrees, what differs, what only one of them has.

Order of the steps: persons of the record who are registered (`bearers`); the register's rows as stays (`stays`); each
engagement abroad of such a person beside the stays that its place and day allow (`lookup`); the
stays of these persons, in the years that the record covers, that no engagement meant.

A register does not outrank a report, nor a report a register: both are shown. It can only say more exactly what reports
leave open (`Finding.narrowed`), and only where one stay alone can be meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from communique.link.abroad import Corpus, find_cases
from communique.link.bearers import Bearer, choose_bearer, find_bearers
from communique.link.findings import Beside, Covered, Finding, Result
from communique.link.intervals import Interval, find_interval
from communique.link.lookup import look_up
from communique.link.stays import Stay, find_stays
from communique.model import Register


def set_beside(corpus: Corpus, register: Register) -> Beside:
    """Sets what a record says beside a register of journeys."""
    bearers = find_bearers(corpus.entities, register.rows)
    stays = find_stays(register.rows)
    spans = {name: Interval(own[0].days.start, max(s.days.end for s in own)) for name, own in stays.items()}
    left_out: Counter[str] = Counter()
    findings = []
    for case in find_cases(corpus, set(bearers), left_out):
        bearer = choose_bearer(bearers[case.entity], case.days, spans)
        finding = look_up(case, bearer, stays[bearer.name])
        if finding is None:
            left_out["without a place"] += 1
        else:
            findings.append(_doubt(finding, bearer))
    covered = _find_covered(findings)
    findings += _find_only_there(findings, covered, stays)
    order = list(Result)
    findings.sort(key=lambda found: (order.index(found.result), *_sort_key(found)))
    return Beside(tuple(findings), covered, dict(sorted(left_out.items())))


def _sort_key(found: Finding) -> tuple[str, str, str]:
    days = find_interval(found.narrowed) or find_interval(found.told)
    start = days.start if days else min((row.start for row in found.rows), default=None)
    return str(start or "9999"), found.name, found.engagement or ""


def _doubt(finding: Finding, bearer: Bearer) -> Finding:
    """A finding on somebody who may be another is not certain, and narrows nothing."""
    if bearer.is_certain:
        return finding
    reason = f"{finding.result.value} if it is this person: {bearer.reason}"
    return replace(finding, result=Result.UNSURE, narrowed=None, reason=reason)


# --- what the record does not have ------------------------------------------------------------------


def _find_covered(findings: Iterable[Finding]) -> tuple[Covered, ...]:
    """Registered persons with findings, and the years of these (of a date that spans a year at most)."""
    years: dict[str, set[int]] = {}
    entities: dict[str, set[str]] = {}
    for found in findings:
        own = years.setdefault(found.name, set())
        entities.setdefault(found.name, set()).add(found.entity or "")
        days = find_interval(found.narrowed) or find_interval(found.told)
        if days and days.n_days <= 366:
            own |= {days.start.year, days.end.year}
    return tuple(
        Covered(name, tuple(sorted(entities[name])), tuple(sorted(own))) for name, own in sorted(years.items())
    )


def _find_only_there(
    findings: Iterable[Finding], covered: Iterable[Covered], stays: Mapping[str, Sequence[Stay]]
) -> list[Finding]:
    meant = {(found.name, row.line) for found in findings for row in found.rows}
    return [
        Finding(Result.ONLY_THERE, person.name, None, None, stay.rows, "no engagement of the record means this stay")
        for person in covered
        for stay in stays[person.name]
        if {stay.days.start.year, stay.days.end.year} & set(person.years)
        and not any((person.name, row.line) in meant for row in stay.rows)
    ]
