"""Cases of commitments and forecasts out of TOML: a text, the rows that it must give, and how a row differs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.model import Annotations, Commitment, Forecast
from communique.read.reader import read_text

HERE = Path(__file__).parent
PUBLISHED = "2019-10-16"

Case = dict[str, Any]


def load_cases(name: str) -> list[Case]:
    """The cases of ``commitments`` or ``forecasts``."""
    cases: list[Case] = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return cases


def read_case(case: Case, model: LanguageModel) -> Annotations:
    """Layer 1 of a case's text, with everything that the program finds before the ledgers."""
    return annotate(read_text(case["text"], "case.txt", {"published": case.get("published", PUBLISHED)}), model)


def find_rows(case: Case, name: str, model: LanguageModel) -> list[Case]:
    """What the program finds, in the shape in which cases say it."""
    found = read_case(case, model)
    if name == "commitments":
        return [_plain_commitment(row) for row in found.commitments]
    return [_plain_forecast(row) for row in found.forecasts]


def _plain_commitment(row: Commitment) -> Case:
    return {
        "who": sorted(source.name for source in row.debtors),
        "to": sorted(source.name for source in row.creditors),
        "what": row.what,
        "condition": row.condition,
        "due": row.due.edtf if row.due else None,
    }


def _plain_forecast(row: Forecast) -> Case:
    horizon = row.horizon.edtf if row.horizon else None
    who = row.forecaster.name if row.forecaster else None
    return {"who": who, "what": row.what, "hedge": row.hedge, "horizon": horizon}


def compare(case: Case, rows: list[Case], name: str) -> str:
    """How the rows found differ from those wanted; empty where they do not."""
    wanted = case.get("rows", [])
    if len(rows) != len(wanted):
        return f"{len(rows)} rows, not {len(wanted)}: {rows}"
    return "; ".join(
        f"{field} is {found[field]!r}, not {value!r}"
        for found, row in zip(rows, wanted, strict=True)
        for field, value in _complete(row, name).items()
        if (value not in found[field] if field == "what" else found[field] != value)
    )


def _complete(row: Case, name: str) -> Case:
    if name == "forecasts":
        return {"who": None, "hedge": None, "horizon": None, **row}
    return {"to": [], "condition": None, "due": None, **row, "who": sorted(row["who"])}
