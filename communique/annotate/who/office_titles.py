"""The offices of one person as a document tells them, each once, in canonical words."""

from __future__ import annotations

from communique.annotate.parse import Parsed
from communique.annotate.who.office_words import OfficeWord
from communique.annotate.who.offices import OfficePhrase
from communique.model import Office

# Words for a relation between persons, not for an office.
RELATIONS = frozenset(["counterpart", "predecessor", "successor", "spouse"])


def make_offices(parsed: Parsed, phrases: list[OfficePhrase]) -> tuple[Office, ...]:
    """Offices out of the phrases that a document attaches to one person, in text order.

    A short form ("the minister") is left out where the document has the full one, an office without its organisation
    where it has the same one with it.
    """
    document = parsed.document
    as_of = document.published.edtf if document.published else None
    offices: dict[tuple[str, str | None, bool], Office] = {}
    full = frozenset().union(*(p.word.classes for p in phrases if not p.word.is_short))
    for phrase in sorted(phrases, key=lambda p: (p.block, p.first, p.is_title)):
        if phrase.word.classes & RELATIONS or (phrase.word.is_short and phrase.word.classes & full):
            continue
        block = parsed.blocks[phrase.block]
        first = phrase.first
        while first < phrase.core_first and block.tokens[first].pos_ in ("DET", "PRON"):
            first += 1
        span = block.span(block.tokens[first : phrase.last])
        core = block.tokens[phrase.core_first : phrase.core_last].text
        tail = " ".join(block.tokens[phrase.core_last : phrase.last].text.split())
        name = _name_office(phrase.word, core, tail, phrase.suffix)
        key = (name, phrase.organization, phrase.former)
        if key not in offices:
            evidence = document.evidence(span.start, span.end)
            offices[key] = Office(name, phrase.organization, former=phrase.former, as_of=as_of, evidence=(evidence,))
    return tuple(_drop_vaguer(list(offices.values())))


def _name_office(word: OfficeWord, core: str, tail: str, suffix: str) -> str:
    """ "State Secretary" is a Secretary of State; what it is for, and mere descriptions, stay in the report's words."""
    office = " ".join(core.split()).lower() if word.only_described and not word.is_plural else word.office
    return " ".join(filter(None, [f"{office}{suffix}", tail.removeprefix(suffix).strip()]))


def _drop_vaguer(offices: list[Office]) -> list[Office]:
    """An office without an organisation goes where the same office has one, or is told in more words."""
    return [
        office
        for office in offices
        if office.organization or not any(_is_fuller(other, office) for other in offices if other is not office)
    ]


def _is_fuller(other: Office, office: Office) -> bool:
    if other.former != office.former:
        return False
    is_same = other.office == office.office and other.organization is not None
    return is_same or other.office.startswith(office.office + " ")
