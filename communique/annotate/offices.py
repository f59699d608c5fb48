"""The offices that a document gives to persons, and phrases that stand for an office holder.

`find_offices` finds phrases such as "former Russian deputy foreign minister" or "the Secretary" in every paragraph and says
whose they are where the sentence tells: as a title ("Foreign Minister Sergei Lavrov"), in apposition ("Panov, former ...",
"the minister, Sergei Lavrov,") or as a predicate ("McFaul serves as ..."). Who an unattached phrase ("the minister")
means is decided in `pronouns`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.gazetteer import get_gazetteer
from communique.annotate.names import Name
from communique.annotate.parse import Block, Parsed
from communique.model import EntityKind
from communique.tables import load_table

# Words at most between the core of an office ("head") and the end of its complement ("of the ... Committee").
MAX_TAIL = 14
_COMPLEMENTS = frozenset(["of", "for", "to", "at", "in", "on"])
_PREDICATES = frozenset(["be", "serve", "become", "remain"])


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """An entry of the table of offices under one of its forms."""

    office: str
    classes: frozenset[str]  # kinds of office that the words can be; several for a short form
    is_short: bool  # "Secretary" for "Secretary of State"
    is_plural: bool
    gender: str | None
    only_described: bool  # "top diplomat": never a title


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """Words for an office: tokens ``first:last`` of a block, with the core at ``core_first:core_last``."""

    block: int
    first: int
    last: int
    core_first: int
    core_last: int
    word: OfficeWord
    organization: str | None
    territory: str | None
    former: bool
    definite: bool
    holder: Name | None
    is_title: bool  # directly before the holder's name


@cache
def _office_words() -> dict[str, OfficeWord]:
    words: dict[str, OfficeWord] = {}
    shared: dict[str, set[str]] = {}
    for row in load_table("offices")["office"]:
        kind = row.get("class", row["office"].lower())
        for forms, short, plural in (
            (row["words"], False, False),
            (row.get("short", []), True, False),
            ([f"{form}s" for form in (*row["words"], *row.get("short", []))], False, True),
            (row.get("plural", []), False, True),
        ):
            for form in forms:
                key = form if form.isupper() else form.lower()
                known = words.get(key)
                if known is None or (known.is_short and not short and not plural):
                    described = bool(row.get("description"))
                    words[key] = OfficeWord(row["office"], frozenset(), short, plural, row.get("gender"), described)
                    shared[key] = {kind}
                elif known.is_short == short:
                    shared[key].add(kind)
    return {key: replace(word, classes=frozenset(shared[key])) for key, word in words.items()}


@cache
def _first_words() -> dict[str, int]:
    """First word of every form, with the number of words of the longest form that begins so."""
    longest: dict[str, int] = {}
    for form in _office_words():
        first = form.replace("-", " ").split()[0]
        longest[first] = max(longest.get(first, 0), form.replace("-", " - ").count(" ") + 1)
    return longest


@cache
def _prefixes(which: str = "prefixes") -> frozenset[str]:
    return frozenset(prefix.rstrip("-") for prefix in load_table("offices")[which])


def find_offices(parsed: Parsed, names: list[Name]) -> list[OfficePhrase]:
    """Office phrases of a document in text order, with their holders where the sentence names them."""
    by_block: dict[int, list[Name]] = {}
    for name in names:
        by_block.setdefault(name.block, []).append(name)
    found = []
    for i, block in enumerate(parsed.blocks):
        here = by_block.get(i, [])
        owner = {k: name for name in here for k in range(name.first, name.last)}
        next_free = 0
        for k, token in enumerate(block.tokens):
            if k < next_free or token.lower_ not in _first_words() and token.text not in _first_words():
                continue
            core = _match_core(block, k)
            if core is None:
                continue
            phrase = _build(i, block, core, owner)
            if phrase is not None:
                found.append(phrase)
                next_free = core[1]
    return found


def _match_core(block: Block, k: int) -> tuple[int, int, OfficeWord] | None:
    tokens = block.tokens
    longest = max(_first_words().get(tokens[k].lower_, 0), _first_words().get(tokens[k].text, 0))
    for last in range(min(k + longest, len(tokens)), k, -1):
        words = tokens[k:last].text
        word = _office_words().get(words.lower()) or _office_words().get(words)
        if word is not None and tokens[last - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
            return k, last, word
    return None


def _build(
    index: int, block: Block, core: tuple[int, int, OfficeWord], owner: dict[int, Name]
) -> OfficePhrase | None:
    tokens = block.tokens
    core_first, core_last, word = core
    if core_first in owner and owner[core_first].kind is EntityKind.PERSON:
        return None
    while core_first + 1 < core_last and (core_first in owner or tokens[core_first].text in get_gazetteer().adjectives):
        core_first += 1  # "U.S. Secretary of State" is in the table of offices as well
    first = _extend_left(tokens, core_first, owner)
    title_of = owner.get(core_last)
    is_title = title_of is not None and title_of.kind is EntityKind.PERSON and title_of.first == core_last
    last = core_last if is_title else _extend_right(tokens, core_last)
    holder = title_of if is_title else _find_holder(tokens, first, last, owner)
    organization, territory = _find_organization(tokens, first, last, (core_first, core_last), owner)
    before = {tokens[n].lower_ for n in range(first, core_first)}
    definite = any(tokens[n].lower_ in ("the", "his", "her", "its", "their", "this", "that") for n in range(first, core_first))
    return OfficePhrase(
        index, first, last, core_first, core_last, word, organization, territory,
        former=bool(before & _prefixes("former_prefixes")),
        definite=definite, holder=holder, is_title=is_title,
    )  # fmt: skip


def _extend_left(tokens: Doc, first: int, owner: dict[int, Name]) -> int:
    gazetteer = get_gazetteer()
    while first > 0:
        token = tokens[first - 1]
        name = owner.get(first - 1)
        if name is not None and name.kind is not EntityKind.PERSON:
            first = name.first
        elif token.tag_ == "POS" and first - 2 in owner and owner[first - 2].kind is not EntityKind.PERSON:
            first = owner[first - 2].first
        elif token.lower_ in _prefixes() or token.text in gazetteer.adjectives or token.text in gazetteer.people:
            first -= 1
        elif token.pos_ in ("ADJ", "NOUN", "PROPN") and token.head.i >= first and token.is_sent_start is not True:
            first -= 1
        elif token.text == "-" and first - 2 >= 0 and tokens[first - 2].pos_ in ("ADJ", "NOUN", "PROPN", "ADV"):
            first -= 2
        elif token.pos_ == "DET" or token.tag_ == "PRP$":
            return first - 1
        else:
            break
    return first


def _extend_right(tokens: Doc, last: int) -> int:
    """To the end of "of the Foreign Affairs Committee", "to Moscow", never over a comma or a verb."""
    end = last
    while end < len(tokens) and tokens[end].lower_ in _COMPLEMENTS and tokens[end].dep_ in ("prep", "dative"):
        if tokens[end].head.i >= end or end + 1 >= len(tokens):
            break
        stop = min(tokens[end].right_edge.i + 1, end + MAX_TAIL)
        cut = end + 1
        while cut < stop and tokens[cut].text not in (",", ";", "(", '"', "--", "-") and tokens[cut].pos_ not in ("VERB", "AUX", "SCONJ"):
            cut += 1
        if cut == end + 1:
            break
        end = cut
    return end


def _find_holder(tokens: Doc, first: int, last: int, owner: dict[int, Name]) -> Name | None:
    """The person whose office it is: in apposition after or before the phrase, or as the subject of "is"."""
    if last < len(tokens) and tokens[last].text == ",":
        name = owner.get(last + 1)
        if name is not None and name.kind is EntityKind.PERSON and name.last < len(tokens) and tokens[name.last].text in (",", "."):
            return name
    before = first - 1
    if before > 0 and tokens[before].text in (",", "--", "(") and before - 1 in owner:
        name = owner[before - 1]
        if name.kind is EntityKind.PERSON and name.last == before:
            return name
    return _find_predicate_subject(tokens, first, last, owner)


def _find_predicate_subject(tokens: Doc, first: int, last: int, owner: dict[int, Name]) -> Name | None:
    head = max(range(first, last), key=lambda k: tokens[k].head.i < first or tokens[k].head.i >= last)
    token: Token = tokens[head]
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
    elif token.dep_ not in ("attr", "oprd", "dobj"):
        return None
    if verb.lemma_ not in _PREDICATES:
        return None
    for child in verb.children:
        if child.dep_ == "nsubj" and child.i in owner and owner[child.i].kind is EntityKind.PERSON:
            return owner[child.i]
    return None


def is_field(name: Name) -> bool:
    """ "European and Eurasian Affairs" is what an office is for, not a body."""
    return name.entry is None and name.text.split()[-1] in ("Affairs", "Relations", "Policy", "Security", "Cooperation")


def _find_organization(
    tokens: Doc, first: int, last: int, core: tuple[int, int], owner: dict[int, Name]
) -> tuple[str | None, str | None]:
    """Whose office: the longest organisation named in the phrase, else the state; with the state's code."""
    gazetteer = get_gazetteer()
    organization: Name | None = None
    state: str | None = None
    for k in range(first, last):
        if core[0] <= k < core[1]:
            continue
        name = owner.get(k)
        if name is not None and name.kind in (EntityKind.ORGANIZATION, EntityKind.GOVERNMENT) and not is_field(name):
            is_state = name.entry is not None and name.entry.key.startswith("territory:")
            if not is_state and (organization is None or len(name.text) > len(organization.text)):
                organization = name
        if name is not None and name.entry is not None and name.entry.territory and k < core[0]:
            state = state or name.entry.territory
        elif tokens[k].text in gazetteer.adjectives and k < core[0]:
            state = state or gazetteer.adjectives[tokens[k].text]
        elif name is not None and name.entry is not None and name.entry.key.startswith("territory:"):
            if tokens[core[1]].lower_ == "of" if core[1] < len(tokens) else False:
                state = state or name.entry.territory
    if organization is not None:
        return organization.text, state
    if state is not None:
        return gazetteer.territories[state].name, state
    return None, None
