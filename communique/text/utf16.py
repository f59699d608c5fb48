"""Offsets in UTF-16 code units, as browsers count them, and in code points, as the record does. The only place.

A character outside the Basic Multilingual Plane (an emoji, say) is two units and one code point; combining marks are
one of each, whatever they look like. A lone surrogate is one of each as well.
"""

from __future__ import annotations


def to_units(text: str, offset: int) -> int:
    """An offset in code points as one in UTF-16 units.

    Raises:
        ValueError: It is outside the text.
    """
    if not 0 <= offset <= len(text):
        raise ValueError(f"no offset {offset} in a text of {len(text)} characters")
    return offset + sum(character > "\uffff" for character in text[:offset])


def to_points(text: str, units: int) -> int:
    """An offset in UTF-16 units as one in code points. Between the two units of a character it is the one before it.

    Raises:
        ValueError: It is outside the text.
    """
    passed = 0
    for offset, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if passed + width > units:
            if units < 0:
                break
            return offset
        passed += width
    if units != passed:
        raise ValueError(f"no unit {units} in a text of {passed} units")
    return len(text)
