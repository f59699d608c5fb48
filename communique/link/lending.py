"""Dates that an engagement has from what it was part of: the year of its day, or all the days of the visit."""

from __future__ import annotations

from dataclasses import replace

from communique.link.index import Cluster
from communique.link.intervals import find_interval, find_yearless, project
from communique.link.merge import make_when, unite_evidence
from communique.model import Basis, When

# The note on a date that a part has from its visit alone.
WITHIN_VISIT = "within the visit"
YEAR_OF_VISIT = "in the year of what it was part of"
WITHIN_OTHER = "of what it was part of"


def lend_year(child: Cluster, when: When | None) -> When | None:
    """ "On 24 March" in a visit of 23 to 25 March 2017: that year. None where reports give no such day."""
    stay = find_interval(when)
    told = [m.date for unit in child.units for m in unit.mentions if m.date is not None]
    days = {yearless for date in told if (yearless := find_yearless(date.edtf)) is not None}
    if stay is None or len(days) != 1 or len(told) != len([date for date in told if find_yearless(date.edtf)]):
        return None
    placed = (project(next(iter(days)), year) for year in (stay.start.year, stay.end.year))
    day = next((d for d in placed if d is not None and stay.start <= d.start and d.end <= stay.end), None)
    return make_when(day, unite_evidence(e for date in told for e in date.evidence), YEAR_OF_VISIT) if day else None


def lend_date(parent: Cluster, when: When | None) -> When | None:
    """The days of what it was part of; None where these are not known."""
    if when is None or not find_interval(when):
        return None
    note = WITHIN_VISIT if parent.profile.is_visit else WITHIN_OTHER
    return replace(when, basis=Basis.INFERRED, note=note)
