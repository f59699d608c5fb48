"""Nouns to plain JSON values and back, by their type hints.

The exported shape of a noun is its dataclass: field by field, enums as their words, days as ISO dates, tuples as lists.
Named tuples become objects. `Document.text` and `Reading` go through as everything else. A field that a plain form does
not have takes its default, so that what an older version stored can still be read; without a default it is an error.

The way through a class is worked out once, from its hints, and kept (`_encoder`, `_decoder`).
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
T = TypeVar("T")
_MISSING = object()


@cache
def get_fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """Names and resolved type hints of a dataclass's or named tuple's fields, in declared order."""
    hints = typing.get_type_hints(kind)
    if hasattr(kind, "_fields"):
        return tuple((name, hints[name]) for name in kind._fields)
    return tuple((f.name, hints[f.name]) for f in dataclasses.fields(kind))


def is_noun(kind: Any) -> bool:
    """True for classes that become JSON objects: dataclasses and named tuples."""
    return isinstance(kind, type) and (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"))


def strip_optional(hint: Any) -> Any:
    """``X`` of ``X | None``; any other hint as it is."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def to_plain(value: object) -> Plain:
    """A noun (or a tuple, enum, day in one) as plain JSON values.

    Raises:
        TypeError: The value holds something that has no plain form.
    """
    kind: Any = type(value)
    return _encoder(kind)(value)


@cache
def _encoder(kind: Any) -> Callable[[Any], Plain]:
    if kind in (type(None), bool, int, float, str):
        return _same
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, date):
        return date.isoformat
    if is_noun(kind):
        names = tuple(name for name, _ in get_fields(kind))
        return lambda noun: {name: to_plain(getattr(noun, name)) for name in names}
    if issubclass(kind, (tuple, list)):
        return lambda members: [to_plain(member) for member in members]
    if kind is dict:
        return lambda members: {name: to_plain(member) for name, member in members.items()}
    raise TypeError(f"no plain form for {kind.__name__}")


def _same(value: Plain) -> Plain:
    return value


def from_plain(kind: type[T], plain: Plain) -> T:
    """The noun of a class out of its plain form.

    Raises:
        TypeError, KeyError, ValueError: The plain form is not one of this class.
    """
    hint: Any = kind
    return cast("T", _decoder(hint)(plain))


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    inner = strip_optional(hint)
    if inner is not hint:
        decode = _decoder(inner)
        return lambda plain: None if plain is None else decode(plain)
    if typing.get_origin(hint) is tuple:
        decode = _decoder(typing.get_args(hint)[0])
        return lambda plain: tuple([decode(member) for member in _check(list, plain)])
    if typing.get_origin(hint) is dict:  # plain values already
        return lambda plain: _check(dict, plain)
    if is_noun(hint):
        return _noun_decoder(hint)
    if issubclass(hint, Enum):
        return lambda plain: hint(plain)
    if issubclass(hint, date):
        return lambda plain: date.fromisoformat(_check(str, plain))
    return lambda plain: _check(hint, plain)


def _noun_decoder(kind: Any) -> Callable[[Any], Any]:
    defaults = _get_defaults(kind)
    fields = [(name, _decoder(hint), defaults.get(name, _MISSING)) for name, hint in get_fields(kind)]

    def decode(plain: Any) -> Any:
        members = _check(dict, plain)
        values = []
        for name, decode_field, default in fields:
            if name in members:
                values.append(decode_field(members[name]))
            elif default is not _MISSING:
                values.append(default)
            else:
                raise KeyError(f"{kind.__name__} without {name}")
        return kind(*values)

    return decode


def _get_defaults(kind: Any) -> dict[str, object]:
    if hasattr(kind, "_field_defaults"):
        return dict(kind._field_defaults)
    return {f.name: f.default for f in dataclasses.fields(kind) if f.default is not dataclasses.MISSING}


def _check(kind: type, plain: Any) -> Any:
    if type(plain) is kind:
        return plain
    if kind is float and type(plain) is int:
        return float(plain)
    raise TypeError(f"expected {kind.__name__}, got {type(plain).__name__}")


def to_json(value: object) -> str:
    """Canonical JSON: keys as declared, no spaces, non-ASCII as it is.

    Raises:
        ValueError: A number is infinite or not a number, which JSON does not have.
    """
    return json.dumps(to_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
