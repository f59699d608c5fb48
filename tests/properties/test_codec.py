"""Every noun goes to plain JSON and back unchanged, and nothing that is not its plain form becomes a noun."""

import json
from dataclasses import dataclass
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique import model
from communique.codec import from_plain, get_fields, to_json, to_plain
from communique.model import Annotations, Code, Decision, Linked, Reading, Statement, When
from tests.factory import make_world

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

NOUNS = sorted(
    (kind for kind in vars(model).values() if hasattr(kind, "__dataclass_fields__")), key=lambda kind: kind.__name__
)
PLAIN = st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
DRAWN: dict[type, st.SearchStrategy[object]] = {Decision: st.builds(Decision, before=PLAIN, after=PLAIN)}
SMALL = [kind for kind in NOUNS if kind not in (Annotations, Linked, Reading)]


@pytest.mark.parametrize("kind", SMALL, ids=lambda kind: kind.__name__)
def test_a_noun_survives_json(kind: type) -> None:
    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(DRAWN.get(kind, st.from_type(kind)))
    def check(noun: object) -> None:
        assert from_plain(kind, json.loads(to_json(noun))) == noun

    check()


def test_whole_layers_survive_json() -> None:
    world = make_world()
    assert from_plain(Linked, json.loads(to_json(world.linked))) == world.linked
    for reading in world.readings:
        assert from_plain(Reading, json.loads(to_json(reading))) == reading


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_keys_stand_in_declared_order(kind: type) -> None:
    assert [name for name, _ in get_fields(kind)] == list(kind.__dataclass_fields__)  # type: ignore[attr-defined]


def test_named_tuples_become_objects() -> None:
    assert to_plain(Code("CONSULT", "visit")) == {"event": "CONSULT", "mode": "visit"}
    assert from_plain(Code, {"event": "AGREE", "mode": ""}) == Code("AGREE", "")


def test_a_missing_field_takes_its_default() -> None:
    when = from_plain(When, {"edtf": None, "start": None, "end": None, "precision": "unknown", "basis": "stated"})
    assert when.evidence == ()
    assert when.note == ""


def test_text_that_json_finds_awkward_survives() -> None:
    words = 'a\0b\u2028c\U0001f469\u200d\U0001f680\r\n"quoted" «là»'
    assert from_plain(Code, json.loads(to_json(Code(words, "")))) == Code(words, "")
    assert "\\u00ab" not in to_json(Code(words, ""))


@pytest.mark.parametrize(
    ("plain", "error"),
    [
        ({"edtf": 5, "start": None, "end": None, "precision": "day", "basis": "stated"}, TypeError),
        ({"edtf": None, "start": "3 May", "end": None, "precision": "day", "basis": "stated"}, ValueError),
        ({"edtf": None, "start": None, "end": None, "precision": "minute", "basis": "stated"}, ValueError),
        ({"edtf": None, "start": None, "end": None, "precision": "day"}, KeyError),
        ([], TypeError),
        (None, TypeError),
    ],
)
def test_what_is_not_the_plain_form_is_refused(plain: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        from_plain(When, plain)  # type: ignore[arg-type]


def test_a_list_is_wanted_where_a_tuple_is() -> None:
    plain = to_plain(make_world().linked.statements[0])
    assert isinstance(plain, dict)
    with pytest.raises(TypeError, match="expected list"):
        from_plain(Statement, {**plain, "content": "words"})


def test_what_has_no_plain_form_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: object

    with pytest.raises(TypeError, match="no plain form for set"):
        to_plain(Odd({1}))
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(float("nan"))


def test_enums_go_through_as_their_words() -> None:
    class Number(Enum):
        ONE = 1

    assert to_plain((Number.ONE, model.Phase.NOT_MENTIONED)) == [1, "not mentioned"]
