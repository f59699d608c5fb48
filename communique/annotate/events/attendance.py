"""Who gave an engagement, and how many were there, as assertions of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from communique.annotate.clauses import get_children, get_lemma, iter_objects
from communique.annotate.events.people import Party, is_people
from communique.annotate.events.triggers import Trigger
from communique.model import Assertion, Document, EngagementKind, Property, Role

# "The two ministers met" counts nobody.
_FEWEST = 3
_WORDS = ("one", "two", "both", "a", "no")
_STATES = ("country", "nation", "state", "government", "party", "group", "organization", "organisation", "company")
_ABOUT = ("advmod", "amod", "quantmod")


def find_attendance(trigger: Trigger, parties: Iterable[Party], document: Document) -> tuple[Assertion, ...]:
    """The host of a meeting or dinner, and numbers of those who came ("about 30 ministers"), in text order."""
    found = []
    if trigger.kind is not EngagementKind.VISIT:
        for party in parties:
            source = party.source
            if party.role is Role.HOST and source.start is not None and source.end is not None:
                words = document.evidence(source.start, source.end)
                found.append(Assertion(Property.HOST, source.name, words))
    for start, end in _find_numbers(trigger):
        words = document.evidence(*trigger.block.span(trigger.block.tokens[start:end]))
        found.append(Assertion(Property.NUMBER, " ".join(words.quote.split()), words))
    unique = {(a.evidence.start, a.property): a for a in found}
    return tuple(unique[key] for key in sorted(unique))


def _find_numbers(trigger: Trigger) -> Iterator[tuple[int, int]]:
    for head in _iter_company(trigger):
        yield from _read_number(head)
        for _, noun in iter_objects(head, "of", "from"):
            if get_lemma(noun) in _STATES and is_people(head):
                yield from _read_number(noun)


def _iter_company(trigger: Trigger) -> Iterator[Token]:
    """Heads of the phrases that say who met."""
    verb = trigger.carrier if trigger.manner in ("hold", "host") else None
    hooks = [trigger.token, *([verb] if verb is not None and verb.i != trigger.token.i else [])]
    for hook in hooks:
        yield from get_children(hook, "nsubj", "nsubjpass", "dobj")
        yield from (noun for _, noun in iter_objects(hook, "of", "with", "between"))


def _read_number(noun: Token) -> Iterator[tuple[int, int]]:
    if noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ in ("DATE", "TIME"):
        return
    if not is_people(noun) and get_lemma(noun) not in _STATES:
        return
    for number in get_children(noun, "nummod"):
        digits = number.text.replace(",", "")
        is_few = number.lower_ in _WORDS or (digits.isdigit() and int(digits) < _FEWEST)
        if not is_few:
            start = min([number.left_edge.i, *(c.i for c in noun.lefts if c.dep_ in _ABOUT and c.i == number.i - 1)])
            yield start, noun.i + 1
