"""Whatever is given for a field becomes a value of that field, on words that are there, or is refused: nothing else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.codec import from_plain, get_fields
from communique.decisions import EDITABLE, Draft
from communique.errors import DecisionError
from communique.model import Action
from communique.record.anchors import CLAIMS
from communique.record.connect import connect
from communique.record.creating import PREFIXES
from communique.record.desk import Desk
from communique.record.drafts import make_decision
from communique.record.rows import TABLES, explain_false, find_evidence
from tests.decisions.conftest import act, find, named, rows

NAMES = ("name", "entity", "edtf", "start", "end", "quote", "document", "kind", "evidence", "role", "present", "note")
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 120)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(
        ["2024-03", "2024-13", "person", "kept", "Ruiz", "ent-", "unknown", "happened", "The talks", "speaker"]
    )
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=6,
)
FIELDS = [(noun, name) for noun, names in EDITABLE.items() for name in names if noun != "comparisons"]


def test_what_can_be_set_or_checked_is_a_field() -> None:
    for noun, names in [*EDITABLE.items(), *CLAIMS.items()]:
        if noun != "documents":
            assert set(names) <= {name for name, _ in get_fields(TABLES[noun])}, noun


def test_any_json_for_any_field(path: Path) -> None:
    act(path, Action.CREATE, "agenda", issue="grain", phase="addressed", evidence=_place(path))
    act(path, Action.CREATE, "silences", kind="absent", evidence=_place(path))
    refused: list[DecisionError] = []
    ids = {noun: rows(path, noun)[0]["id"] for noun, _ in FIELDS}
    with closing(connect(path, "ro")) as connection:
        desk = Desk(connection)

        @settings(
            max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(st.sampled_from(FIELDS), JSON)
        def check(field: tuple[str, str], value: Any) -> None:
            noun, name = field
            try:
                decision = make_decision(
                    desk, Draft(Action.EDIT, ids[noun], {name: value}), "Kim", "2024-01-01T00:00:00Z"
                )
            except DecisionError as error:
                refused.append(error)
                return
            row = {**(desk.load(noun, ids[noun]) or {}), **decision.after}
            for cited in find_evidence({"document": ids[noun], **row}):
                assert explain_false(cited, desk.texts) is None
            if noun in TABLES:
                from_plain(TABLES[noun], row)

        check()
    assert all(error.next_step for error in refused)


def test_any_json_for_a_new_row(path: Path) -> None:
    place = _place(path)
    refused: list[DecisionError] = []
    with closing(connect(path, "ro")) as connection:
        desk = Desk(connection)

        @settings(
            max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(
            st.sampled_from(sorted(PREFIXES)),
            st.dictionaries(st.sampled_from([*NAMES, "what", "issue", "phase"]), JSON, max_size=3),
            JSON,
        )
        def check(noun: str, values: dict[str, Any], evidence: Any) -> None:
            for given_evidence in (place, evidence):
                draft = Draft(Action.CREATE, noun, {**values, "evidence": given_evidence})
                try:
                    decision = make_decision(desk, draft, "Kim", "2024-01-01T00:00:00Z")
                except DecisionError as error:
                    refused.append(error)
                else:
                    from_plain(TABLES[noun], decision.after["row"])

        check()
    assert all(error.next_step for error in refused)


def _place(path: Path) -> dict[str, Any]:
    return {"document": find(path, "documents", "third.txt")["id"], "start": 60, "end": 74}


@pytest.mark.parametrize(
    ("given_value", "wanted"),
    [
        ("2024-03", ("2024-03", "2024-03-01", "2024-03-31", "month", "set")),
        ("2024-03-01/2024-03-05", ("2024-03-01/2024-03-05", "2024-03-01", "2024-03-05", "range", "set")),
        ({"edtf": "2024", "note": "late"}, ("2024", "2024-01-01", "2024-12-31", "year", "set")),
    ],
)
def test_dates(path: Path, given_value: Any, wanted: tuple[str, ...]) -> None:
    dinner = find(path, "engagements", "dine")
    date = act(path, Action.EDIT, dinner["id"], date=given_value).after["date"]
    assert tuple(date[name] for name in ("edtf", "start", "end", "precision", "basis")) == wanted


def test_actors_places_and_voices(path: Path) -> None:
    lind, dinner = named(path, "Carl Lind")["id"], find(path, "engagements", "dine")["id"]
    place = act(path, Action.EDIT, dinner, place="the Old Mill").after["place"]
    assert place == {"name": "the Old Mill", "entity": None, "territory": None, "evidence": []}
    people = [lind, {"name": "Ida Moe", "role": "host", "office": "mayor"}]
    found = act(path, Action.EDIT, dinner, participants=people).after["participants"]
    assert [(p["name"], p["role"], p["entity"], p["office"]) for p in found] == [
        ("Carl Lind", "participant", lind, None),
        ("Ida Moe", "host", None, "mayor"),
    ]
    item = act(path, Action.CREATE, "agenda", issue="grain", phase="not mentioned", voice=lind, evidence=_place(path))
    assert item.after["row"]["voice"] == {"kind": "speaker", "entity": lind, "name": "Carl Lind"}
