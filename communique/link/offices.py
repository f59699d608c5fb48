"""Offices of one person out of several reports: one row per role held.

The same title in the same organisation is one office, with the evidence of all reports. A report that leaves out the
organisation speaks of the only one known. ``as_of`` lists the dates of the reports that give the office (an EDTF set
when there are several): no report says for how long an office was held unless it says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from communique.model import Evidence, Office
from communique.text.names import fold_name


def merge_offices(offices: Iterable[Office]) -> tuple[Office, ...]:
    """Offices in any order -> one per title, organisation, interval and former-or-not, sorted by content."""
    rows: defaultdict[tuple[str, str, bool], list[Office]] = defaultdict(list)
    for office in offices:
        rows[fold_name(office.office), fold_name(office.organization or ""), office.former].append(office)
    for key in sorted(rows):
        title, organization, former = key
        known = [other for other in rows if other[0] == title and other[2] == former and other[1]]
        if not organization and len(known) == 1:
            rows[known[0]] += rows.pop(key)
    merged = [office for same in rows.values() for office in _merge(same)]
    return tuple(sorted(merged, key=_sort_key))


def _merge(offices: list[Office]) -> list[Office]:
    """One title in one organisation: a row for each stated interval; reports without an interval join the only one."""
    by_interval: defaultdict[tuple[str, str], list[Office]] = defaultdict(list)
    for office in offices:
        by_interval[office.start or "", office.end or ""].append(office)
    if len(by_interval) == 2 and ("", "") in by_interval:
        without = by_interval.pop(("", ""))
        next(iter(by_interval.values())).extend(without)
    return [_unite(same) for _, same in sorted(by_interval.items())]


def _unite(offices: list[Office]) -> Office:
    first = min(offices, key=lambda office: (office.organization is None, *_sort_key(office)))
    dates = sorted({day for office in offices if office.as_of for day in office.as_of.strip("{}").split(",")})
    as_of = None if not dates else dates[0] if len(dates) == 1 else "{" + ",".join(dates) + "}"
    start = next((office.start for office in offices if office.start), None)
    end = next((office.end for office in offices if office.end), None)
    evidence = tuple(sorted({e for office in offices for e in office.evidence}, key=sort_key_of_evidence))
    return replace(first, start=start, end=end, as_of=as_of, evidence=evidence)


def sort_key_of_evidence(evidence: Evidence) -> tuple[str, int, int]:
    """Evidence by document and place."""
    return evidence.document, evidence.start, evidence.end


def _sort_key(office: Office) -> tuple[str, str, str, str, bool]:
    return office.office, office.organization or "", office.start or "", office.end or "", office.former
