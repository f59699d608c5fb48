"""What comes out of setting a record beside a register: `Beside`, a list of `Finding`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from communique.model import RegisterRow, When


class Result(StrEnum):
    """How an engagement and a register stand to each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNSURE = "not certain"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


@dataclass(frozen=True, slots=True)
class Difference:
    """What reports and a register say of one property: ``days`` (as EDTF), ``place``, ``status``."""

    property: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One engagement of one registered person beside the register, or a stay that the record does not have.

    ``rows`` are those that are meant; for UNSURE, those that may be; none for ONLY_HERE. ``narrowed`` is the date where
    the register says it more exactly than the reports (``told``).
    """

    result: Result
    name: str  # as registered
    entity: str | None
    engagement: str | None
    rows: tuple[RegisterRow, ...]
    reason: str
    differences: tuple[Difference, ...] = ()
    told: When | None = None
    narrowed: When | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A registered person of whom the record tells, and the years of what it tells."""

    name: str
    entities: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """All findings, in the order of results and days; whom and which years they cover; what was not compared, why."""

    findings: tuple[Finding, ...]
    covered: tuple[Covered, ...]
    left_out: Mapping[str, int]
