"""Whom descriptions mean: "the Secretary of State", "the minister", "his Russian counterpart", "the news agency".

A description means the person named last who holds that very office, as far as the document tells; a short form
("the minister") any office that it can stand for. Where the text names another state or body, or two persons fit and
were named side by side, it stays open: a wrong answer is worse than none. "Counterpart" means who holds the same kind
of office for the state named.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.who.context import Context, Holder, Memory
from communique.annotate.who.office_titles import RELATIONS
from communique.annotate.who.office_words import get_prefixes
from communique.annotate.who.offices import OfficePhrase
from communique.model import EntityKind, PartKind

# How many sentences back a person can be meant by a description, alone or among others of that office.
DESCRIPTION_REACH = 40
RIVAL_REACH = 4
MEDIUM_REACH = 5
_INDEFINITE = frozenset(["a", "an", "another", "any", "no", "some", "every", "each", "one"])
# Classes too wide to tell a person: "the expert", "the official", "the member".
_VAGUE = frozenset(
    ["expert", "official", "lawmaker", "journalist", "adviser", "witness", "staff", "activist", "representative"]
)


def resolve_description(context: Context, memory: Memory, phrase: OfficePhrase) -> str | None:
    """The person whom an office phrase means, None where that is not certain."""
    tokens = context.parsed.blocks[phrase.block].tokens
    if phrase.word.is_plural or phrase.holder is not None or phrase.former or phrase.suffix:
        return None  # the name beside it is the mention; who held it once is not who holds it
    before = [token.lower_ for token in tokens[phrase.first : phrase.core_first]]
    if any(word in _INDEFINITE or word in get_prefixes("future_prefixes") for word in before):
        return None
    if phrase.first > 0 and tokens[phrase.first - 1].lower_ in _INDEFINITE:
        return None
    core = tokens[phrase.core_first]
    capital = core.text[0].isupper() and core.is_sent_start is not True
    if not (phrase.definite or capital) or _is_predicate(tokens[phrase.core_last - 1]):
        return None
    if "counterpart" in phrase.word.classes:
        return _resolve_counterpart(context, memory, phrase)
    is_for_something = phrase.last > phrase.core_last and phrase.organization is None and phrase.territory is None
    if is_for_something or phrase.word.classes & RELATIONS or phrase.word.classes <= _VAGUE:
        return None
    return _find_holder(context, memory, phrase)


def _is_predicate(token: Token) -> bool:
    """ "is the minister", "as foreign minister": says what somebody is, and names nobody."""
    if token.dep_ in ("attr", "oprd", "appos"):
        return token.dep_ != "appos" and token.head.lemma_ == "be"
    return token.dep_ == "pobj" and token.head.lower_ == "as" and not any(c.dep_ == "det" for c in token.children)


def _find_holder(context: Context, memory: Memory, phrase: OfficePhrase) -> str | None:
    owners = _find_owners(context, memory, phrase)
    found: list[tuple[int, bool, str]] = []
    for named in memory.reachable(DESCRIPTION_REACH):
        if named.referent in owners or any(who == named.referent for _, _, who in found):
            continue
        if is_held_by(phrase, context.holders.get(named.referent, [])):
            found.append((memory.sentence - named.sentence, named.is_subject, named.referent))
    if not found:
        return _find_in_report(context, phrase, owners)
    distance, is_subject, nearest = found[0]
    if len(found) == 1:
        return nearest
    if distance > RIVAL_REACH or (found[1][0] == distance and not (is_subject and not found[1][1])):
        return None
    return nearest


def _find_in_report(context: Context, phrase: OfficePhrase, owners: set[str]) -> str | None:
    """Whom a reader's comment means by "the minister": the only one of the report above it."""
    if context.parsed.blocks[phrase.block].part.part is not PartKind.COMMENT:
        return None
    able = [who for who, held in sorted(context.holders.items()) if who not in owners and is_held_by(phrase, held)]
    return able[0] if len(able) == 1 else None


def _find_owners(context: Context, memory: Memory, phrase: OfficePhrase) -> set[str]:
    """ "his minister", "Putin's spokesman": whose the office holder is, is another person."""
    tokens = context.parsed.blocks[phrase.block].tokens
    found = set()
    for token in tokens[phrase.first : phrase.core_first]:
        key = (phrase.block, token.i)
        if key in context.names:
            found.add(context.names[key][1])
        elif key in memory.resolved:
            found.add(memory.resolved[key])
    return found


def is_held_by(phrase: OfficePhrase, holders: list[Holder]) -> bool:
    """Is an office held now by who has these, for the state and the body that the phrase names, if it does?"""
    able = [holder for holder in holders if not holder.former and _is_same_office(phrase, holder)]
    states = {holder.territory for holder in able if holder.territory is not None}
    if not able or (phrase.territory is not None and states and phrase.territory not in states):
        return False
    if phrase.territory is not None and phrase.territory in states:
        return True
    bodies = {holder.organization for holder in able if holder.organization is not None}
    return phrase.organization is None or not bodies or phrase.organization in bodies


def _is_same_office(phrase: OfficePhrase, holder: Holder) -> bool:
    word, own = phrase.word, holder.word
    if word.only_described or own.only_described:
        return not (word.is_short or own.is_short) and bool(word.classes & own.classes)
    if word.is_short or own.is_short:
        return bool(word.offices & own.offices)
    return word.office == own.office


def _resolve_counterpart(context: Context, memory: Memory, phrase: OfficePhrase) -> str | None:
    """ "Ruiz told her Polish counterpart": who holds for Poland what Ruiz holds; named anywhere in the document."""
    if phrase.territory is None:
        return None
    recent = [named.referent for named in reversed(memory.named[memory.first_of_part :])]
    for owner in sorted(_find_owners(context, memory, phrase)) or recent[:3]:
        classes = frozenset().union(*(holder.classes for holder in context.holders.get(owner, ())))
        for other in dict.fromkeys([*recent, *sorted(context.holders)]):
            for holder in context.holders.get(other, ()):
                if other != owner and holder.classes & classes and holder.territory == phrase.territory:
                    return other
    return None


# --- media ----------------------------------------------------------------------------------------


def resolve_medium(context: Context, memory: Memory, token: Token) -> str | None:
    """ "the news agency", "the newspaper": the medium named last. ``token`` is one of `gazetteer.get_media_nouns`."""
    if not (_is_definite(token) and _can_speak(token)):
        return None
    for named in memory.reachable(MEDIUM_REACH):
        if context.referents[named.referent].kind is EntityKind.ORGANIZATION:
            return named.referent
    return None


def _can_speak(token: Token) -> bool:
    """ "the newspaper said", "told the newspaper", "according to the newspaper"; not "on the paper"."""
    if token.dep_ == "pobj":
        return token.head.lower_ in ("to", "by", "with", "for")
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "poss")


def _is_definite(token: Token) -> bool:
    """ "the newspaper", and no agency of another kind ("the space agency", "the agency for refugees")."""
    is_definite = False
    for child in token.children:
        if child.dep_ == "det" and child.lower_ in ("the", "this", "that"):
            is_definite = True
        elif child.dep_ in ("prep", "poss", "amod") or (
            child.dep_ == "compound" and child.lower_ not in ("news", "press")
        ):
            return False
    return is_definite
