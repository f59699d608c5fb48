"""One engagement of one registered person beside that person's stays -> a finding.

Where reports name days (`_compare_dated`), the stay near these days is compared: its days, its town. Where they leave
the day open (`_narrow`), the one stay is looked for that they can mean: by place, by what time they allow, and by the
counterparts whom the register's remarks name. Of several none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.link.abroad import Case
from communique.link.bearers import Bearer
from communique.link.findings import Difference, Finding, Result
from communique.link.hints import find_hinted_days
from communique.link.intervals import Interval, get_gap
from communique.link.stays import Fit, Stay, find_fit
from communique.model import AHEAD, Basis, Precision, RegisterRow, Status, When
from communique.text.names import fold_name

# A stay that begins or ends this many days from a report's days is held to be the same journey, told otherwise.
NEAR = 3
# Days of the longest month.
MONTH = 31
_NOT_SO = (Status.CANCELLED, Status.DENIED)


def look_up(case: Case, bearer: Bearer, stays: Sequence[Stay]) -> Finding | None:
    """One engagement beside the stays of one person; None where neither place nor counterpart can be compared."""
    if not any(spot.territory for spot in case.spots) and not any(_fit(case, stay) for stay in stays):
        case = replace(case, spots=frozenset())  # a building, a sea: nothing that a register could confirm
    if case.days and case.is_exact:
        return _compare_dated(case, bearer, stays, case.days)
    return _narrow(case, bearer, stays)


# --- the reports name days --------------------------------------------------------------------------


def _compare_dated(case: Case, bearer: Bearer, stays: Sequence[Stay], days: Interval) -> Finding | None:
    made = _Maker(case, bearer)
    if not case.spots:
        on_days = [stay for stay in stays if _is_within(days, stay.days) and _names_counterpart(stay, case)]
        if len(on_days) != 1:
            return None
        return made.finding(
            Result.AGREES, on_days[0].rows, "no report names the town or state; day and counterpart agree"
        )
    near = [(fit, stay) for stay in stays if (fit := _fit(case, stay)) and get_gap(stay.days, days) <= NEAR]
    if near:
        # Days first: of two stays in one country, that on the days is meant, whatever the town.
        fit, stay = min(near, key=lambda pair: (get_gap(pair[1].days, days) > 0, -pair[0], get_gap(pair[1].days, days)))
        differences = _find_differences(case, fit, stay, days)
        if case.status in _NOT_SO:
            differences.append(Difference("status", case.status.value, "took place"))
        if differences:
            return made.difference(stay.rows, differences)
        return made.finding(Result.AGREES, stay.rows, _tell_agreement(case, stay, days))
    if case.status in _NOT_SO:
        return made.finding(Result.AGREES, (), f"reported as {case.status.value}; the register has nothing then")
    elsewhere = [stay for stay in stays if _is_within(days, stay.days)]
    if elsewhere:
        rows = tuple(row for stay in elsewhere for row in stay.rows)
        return made.difference(rows, [Difference("place", case.place, _name_places(rows))])
    return made.finding(Result.ONLY_HERE, (), f"the register has no stay there within {NEAR} days")


def _fit(case: Case, stay: Stay) -> Fit | None:
    """The best fit of its rows; None for another state, or where no place can be compared."""
    fit = max(find_fit(case.spots, row) for row in stay.rows)
    return None if fit in (Fit.ELSEWHERE, Fit.UNKNOWN) else fit


def _get_options(case: Case, stay: Stay) -> list[Interval]:
    """The days that a report may mean: the whole stay, its rows for the town that the report names, each of these."""
    rows = [row for row in stay.rows if find_fit(case.spots, row) is Fit.TOWN]
    options = [stay.days, *(Interval(row.start, row.end) for row in rows)]
    return [*options, Interval(min(row.start for row in rows), max(row.end for row in rows))] if rows else options


def _find_differences(case: Case, fit: Fit, stay: Stay, days: Interval) -> list[Difference]:
    differences = []
    options = _get_options(case, stay)
    several_towns = len(stay.rows) > 1 or "," in stay.rows[0].locality
    is_part = _is_within(days, stay.days) and (not case.tells_both_ends or several_towns)
    if days not in options and not is_part:
        told = min(options, key=lambda one: (abs((one.end - days.end).days), abs((one.start - days.start).days)))
        differences.append(Difference("days", _to_edtf(days), _to_edtf(told)))
    if fit is Fit.OTHER_TOWN:
        differences.append(Difference("place", case.place, _name_places(stay.rows)))
    return differences


def _name_places(rows: Iterable[RegisterRow]) -> str:
    places = (", ".join(filter(None, (row.locality, row.country))) for row in rows)
    return "; ".join(dict.fromkeys(places))


def _tell_agreement(case: Case, stay: Stay, days: Interval) -> str:
    same = "the same days" if days in _get_options(case, stay) else "on days of the stay"
    return f"{same}; told as {case.status.value}" if case.status in AHEAD else same


def _to_edtf(days: Interval) -> str:
    return days.start.isoformat() if days.start == days.end else f"{days.start.isoformat()}/{days.end.isoformat()}"


def _is_within(days: Interval, stay: Interval) -> bool:
    return stay.start <= days.start and days.end <= stay.end


# --- the reports leave the day open -----------------------------------------------------------------


def _narrow(case: Case, bearer: Bearer, stays: Sequence[Stay]) -> Finding | None:
    """Looks for the one stay that a month, a year or an undated report can mean."""
    made = _Maker(case, bearer)
    if case.status in _NOT_SO:
        return None
    allowed = [stay for stay in stays if _is_allowed(case, stay)]
    fitting = [stay for stay in allowed if _fit(case, stay) in (Fit.STATE, Fit.TOWN)] if case.spots else []
    if not case.spots:
        named = [stay for stay in allowed if _names_counterpart(stay, case)]
        if not named or (len(named) > 1 and case.days is None):
            return None
        return made.finding(
            Result.UNSURE, _join(named), "no report names the town or state; the remarks name a counterpart"
        )
    if not fitting:
        period = "in this time" if case.days else "of this person at any time that the reports allow"
        return made.finding(Result.ONLY_HERE, (), f"the register has no stay there {period}")
    chosen, reason = _choose(case, fitting)
    if chosen is None:
        return made.finding(Result.UNSURE, _join(fitting), reason)
    if case.status in AHEAD:
        return made.finding(Result.AGREES, chosen.rows, f"{reason}; told as {case.status.value}")
    return made.narrowing(chosen, reason)


def _choose(case: Case, fitting: Sequence[Stay]) -> tuple[Stay | None, str]:
    """The one stay that can be meant, and why; None, and why not, where several can or the one is not enough."""
    town = [stay for stay in fitting if _fit(case, stay) is Fit.TOWN]
    named = [stay for stay in fitting if _names_counterpart(stay, case)]
    # A register need not have every journey: in a longer time, a meeting with somebody else may be another one.
    is_enough = case.days is not None and (case.is_visit or case.days.n_days <= MONTH or not case.surnames)
    if len(fitting) == 1 and (is_enough or (named and case.days)):
        return fitting[0], "the only stay there in this time"
    if len(town) == 1 and (is_enough or (town == named and case.days)):
        return town[0], "the only stay in this town in this time"
    if len(named) == 1:
        return named[0], "the only stay there whose remarks name a counterpart"
    return None, _tell_doubt(case, fitting)


def _tell_doubt(case: Case, fitting: Sequence[Stay]) -> str:
    if len(fitting) == 1:
        when = "in this time, but" if case.days else "there, but no report says when, and"
        return f"the register has one stay {when} its remarks name no counterpart"
    when = "in this time" if case.days else "that may be meant; no report says when"
    return f"the register has {len(fitting)} stays there {when}"


def _is_allowed(case: Case, stay: Stay) -> bool:
    """False for days that the reports exclude: outside of the time told, on no such day, or after they reported it."""
    if case.days and get_gap(stay.days, case.days):
        return False
    if case.hints and not find_hinted_days(case.hints, stay.days):
        return False
    is_early = not case.not_after or stay.days.start <= case.not_after
    is_late = not case.not_before or stay.days.end >= case.not_before
    return is_early and is_late


def _names_counterpart(stay: Stay, case: Case) -> bool:
    """Whether the remarks name somebody else who took part, by surname."""
    return any(case.surnames & set(fold_name(row.remarks).split()) for row in stay.rows)


def _join(stays: Iterable[Stay]) -> tuple[RegisterRow, ...]:
    return tuple(row for stay in stays for row in stay.rows)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the findings on one engagement of one person."""

    case: Case
    bearer: Bearer

    def finding(self, result: Result, rows: tuple[RegisterRow, ...], reason: str) -> Finding:
        name, entity = self.bearer.name, self.bearer.entity
        return Finding(result, name, entity, self.case.engagement, rows, reason, told=self.case.told)

    def difference(self, rows: tuple[RegisterRow, ...], differences: Sequence[Difference]) -> Finding:
        words = " and ".join(difference.property for difference in differences)
        return replace(self.finding(Result.DIFFERS, rows, f"not the same {words}"), differences=tuple(differences))

    def narrowing(self, stay: Stay, reason: str) -> Finding:
        rows = tuple(row for row in stay.rows if find_fit(self.case.spots, row) is Fit.TOWN) or stay.rows
        days = Interval(min(row.start for row in rows), max(row.end for row in rows))
        finding = self.finding(Result.AGREES, rows, reason)
        hinted = find_hinted_days(self.case.hints, days)
        if len(hinted) == 1 and not self.case.is_visit:
            days = Interval(hinted[0], hinted[0])
        told = self.case.days
        if told and not _is_within(days, told):
            return replace(finding, reason=f"{reason}, which goes beyond it")
        if days == told:
            return finding
        towns = ", ".join(dict.fromkeys(row.locality for row in rows if row.locality))
        is_town_told = any(find_fit(self.case.spots, row) is Fit.TOWN for row in rows)
        return replace(finding, narrowed=self._make_when(days, "" if is_town_told else towns))

    def _make_when(self, days: Interval, towns: str) -> When:
        evidence = self.case.told.evidence if self.case.told and self.case.told.evidence else self.case.evidence
        is_day = days.start == days.end
        stay = "" if is_day or self.case.is_visit else "on days of a stay"
        note = f"register: {', '.join(filter(None, (towns, stay)))}" if towns or stay else "register"
        return When(_to_edtf(days), *days, Precision.DAY if is_day else Precision.RANGE, Basis.REGISTER, evidence, note)
