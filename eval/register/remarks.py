"""A register's remarks -> the persons met, where the remarks give a clean list of them.

"Met with President Mubarak and Foreign Minister Moussa." gives two persons. Remarks that name officials in general,
someone without an office, or go on in the same sentence with something else give nothing: the row is skipped and
counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OFFICE = (
    r"(?:(?:Deputy|Vice|Acting|Interim|First|Former|Prime|Foreign|Defense|Defence|Finance|Interior|Trade|Premier|"
    r"President|Chancellor|King|Queen|Emperor|Sultan|Amir|Emir|Shah|Pope|Chairman|Crown|Prince|Princess|Sheikh|"
    r"Minister|Secretary|Secretary-General|General|Generalissimo|High Representative|Envoy|Special|External|Affairs|"
    r"National|Security|Advisor|Adviser|Foreign Affairs|Taoiseach|Speaker|Governor|Ambassador|Premier)\b)"
)
_BODY = r"(?:UN|U\.N\.|EU|NATO|PLO|Palestinian Authority|Arab League)"
_NATION = r"(?:[A-Z][a-z]+(?:an|ish|ese|ian|ch|li|qi|ni|ti|di|k|man|et|ss|on|ot|eek))"
_NAME_WORD = (
    r"(?:(?:al|el|Al|El|ad|as|az)-[A-Z][\w’'-]+|[A-Z][\w’'-]*[\w]|[A-Z]\.|"
    r"bin|ibn|bint|de|da|del|dos|van|von|der|al|la|II|III|IV|VI)"
)
_PERSON = re.compile(
    rf"^(?P<prefix>(?:{_BODY} |(?:{_NATION} ))?)(?P<office>{_OFFICE}(?: {_OFFICE})*(?: and {_OFFICE}(?: {_OFFICE})*)?)"
    rf" (?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{0,5}})$"
)
_FIRST_SENTENCE = re.compile(r"^Met with (?P<list>(?:[^.;]|\b[A-Z]\.(?=\s?[A-Z]))+)(?:(?<!\b[DJS]r)[.;]|$)")
_NO_NAME = re.compile(
    r"\b(?:Officials?|Leaders?|Cabinet|Council|Ministers|Presidents|Government|Authorities|Members?|Representatives?|"
    r"Minister|President|Secretary|Chairman|Court|Congress|Committee|Parliament|Union|Party|Conference|Coalition)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody met: as the remarks put it ("President Mubarak"), and the name alone ("Mubarak")."""

    words: str
    name: str
    foreign: bool  # whether a nation or a body stands before the office ("Israeli Prime Minister Rabin")


def parse_remarks(remarks: str) -> tuple[Person, ...]:
    """The persons of "Met with …", in order; none where they are not a clean list of office and name each."""
    sentence = _FIRST_SENTENCE.match(remarks.strip())
    if sentence is None:
        return ()
    persons = []
    for chunk in _split(sentence["list"]):
        found = _PERSON.match(chunk)
        if found is None or _NO_NAME.search(found["name"]):
            return ()
        persons.append(Person(chunk, found["name"], bool(found["prefix"])))
    names = [person.name.split()[-1].casefold() for person in persons]
    return tuple(persons) if len(set(names)) == len(names) else ()


def _split(words: str) -> list[str]:
    """The items of "A, B, and C"; an "and" between two offices of one person does not divide."""
    parts = [part for part in re.split(r",\s+and\s+|,\s+", words) if part]
    last = re.match(rf"^(?P<one>.*?) and (?:with )?(?P<two>{_OFFICE}.*|{_BODY} .*|{_NATION} {_OFFICE}.*)$", parts[-1])
    if last and _PERSON.match(last["one"]):
        parts[-1:] = [last["one"], last["two"]]
    return [part.strip() for part in parts]
