"""The offices that a document gives to persons, and phrases that stand for an office holder.

`find_offices` finds phrases such as "former Russian deputy foreign minister" or "the Secretary" in every paragraph and
says whose they are where the sentence tells: as a title ("Foreign Minister Ana Ruiz"), in apposition ("Ruiz, former
...", "the minister, Ana Ruiz,") or as a predicate ("Ruiz serves as ..."). Who an unattached phrase ("the minister")
means is decided in `descriptions`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Doc, Token

from communique.annotate.parse import Block, Parsed
from communique.annotate.who.gazetteer import get_gazetteer
from communique.annotate.who.name_words import Name, is_joint
from communique.annotate.who.office_holders import Owner, find_holder, person_at
from communique.annotate.who.office_words import OfficeWord, get_prefixes, get_singular, match_offices
from communique.model import EntityKind
from communique.tables import load_table

# Words at most between the core of an office ("head") and the end of its complement ("of the ... Committee").
MAX_TAIL = 14
_COMPLEMENTS = frozenset(["of", "for", "to", "at", "in", "on"])
_DEFINITE = frozenset(["the", "his", "her", "its", "their", "this", "that", "our"])
_RELATIVE = frozenset(["WP", "WDT", "WRB", "WP$"])
_STOPS = frozenset([",", ";", "(", ")", '"', "--", "-", ":", "—", "–"])
# Classes of offices that are held in or on something: "ambassador in Paris", "expert on Syria".
_LOCAL_CLASSES = frozenset(["ambassador", "envoy", "consul", "expert", "journalist", "diplomat"])
# "European and Eurasian Affairs" is what an office is for, not a body.
_FIELDS = frozenset(["Affairs", "Relations", "Policy", "Security", "Cooperation"])


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
    suffix: str = ""  # "-elect"


def find_offices(parsed: Parsed, names: list[Name]) -> list[OfficePhrase]:
    """Office phrases of a document in text order, with their holders where the sentence names them."""
    by_block: dict[int, list[Name]] = {}
    for name in names:
        by_block.setdefault(name.block, []).append(name)
    found: list[OfficePhrase] = []
    for i, block in enumerate(parsed.blocks):
        owner = {k: name for name in by_block.get(i, []) for k in range(name.first, name.last)}
        for core in match_offices(block.tokens):
            phrase = _build(i, block, core, owner)
            if phrase is not None:
                found += _share_title(phrase, block.tokens, owner)
    return [_share_holder(phrase, behind, parsed) for phrase, behind in zip_longest(found, found[1:])]


def _share_holder(phrase: OfficePhrase, behind: OfficePhrase | None, parsed: Parsed) -> OfficePhrase:
    """ "Deputy Prime Minister and Foreign Minister Ruiz" is one person with two offices, where no "the" is before."""
    if behind is None or phrase.holder is not None or phrase.block != behind.block or not behind.is_title:
        return phrase
    tokens = parsed.blocks[phrase.block].tokens
    is_joined = phrase.last + 1 == behind.first and tokens[phrase.last].lower_ == "and"
    is_title = tokens[phrase.core_first].text[0].isupper() and not phrase.definite and not phrase.word.is_plural
    return replace(phrase, holder=behind.holder) if is_joined and is_title else phrase


def _share_title(phrase: OfficePhrase, tokens: Doc, owner: Owner) -> list[OfficePhrase]:
    """ "Presidents Obama and Putin" gives the office to both."""
    if phrase.holder is None or not (phrase.word.is_plural and phrase.is_title) or phrase.word.only_described:
        return [phrase]
    holders = [phrase.holder]
    k = phrase.holder.last
    while k + 1 < len(tokens) and tokens[k].lower_ in (",", "and") and (beside := owner.get(k + 1)) is not None:
        if beside.kind is not EntityKind.PERSON:
            break
        holders.append(beside)
        k = beside.last
    if len(holders) < 2:
        return [phrase]
    return [replace(phrase, word=get_singular(phrase.word), holder=holder) for holder in holders]


def _build(index: int, block: Block, core: tuple[int, int, OfficeWord], owner: Owner) -> OfficePhrase | None:
    tokens = block.tokens
    core_first, core_last, word = core
    if core_first in owner and owner[core_first].kind is EntityKind.PERSON:
        return None
    if _is_modifier(tokens, core_last - 1, owner):
        return None
    while core_first + 1 < core_last and _is_state(tokens[core_first], owner.get(core_first)):
        core_first += 1  # "U.S. Secretary of State" is in the table of offices as well
    first = _extend_left(tokens, core_first, owner)
    suffix = _find_suffix(tokens, core_last)
    behind = core_last + len(suffix.split())
    title_of = person_at(owner, behind)
    last = behind if title_of is not None else _extend_right(tokens, behind, word, owner)
    if title_of is None and last > behind and _ends_in_thing(tokens, last, owner):
        title_of = person_at(owner, last)
    holder = title_of or find_holder(tokens, first, last, owner)
    organization, territory = _find_organization(tokens, first, last, (core_first, core_last), owner)
    before = {tokens[n].lower_ for n in range(first, core_first)}
    return OfficePhrase(
        index, first, last, core_first, core_last, word, organization, territory or word.territory,
        former=_is_former(tokens, first, core_first), definite=bool(before & _DEFINITE),
        holder=holder, is_title=title_of is not None, suffix=suffix.replace(" ", ""),
    )  # fmt: skip


def _is_former(tokens: Doc, first: int, core_first: int) -> bool:
    """ "former", "ex-", "then-Minister"; but "met the president, then Minister Falk" tells an order."""
    former = get_prefixes("former_prefixes")
    for k in range(first, core_first):
        lower = tokens[k].lower_
        is_order = lower == "then" and (k == 0 or tokens[k - 1].lower_ in (",", "and")) and tokens[k + 1].text != "-"
        if lower in former and not is_order:
            return True
    return False


def _is_modifier(tokens: Doc, k: int, owner: Owner) -> bool:
    """ "member states", "leadership": an office that only modifies another noun."""
    token = tokens[k]
    return token.dep_ == "compound" and token.head.i > k and token.text[0].islower() and not any(
        n in owner and owner[n].kind is EntityKind.PERSON for n in range(k + 1, token.head.i + 1)
    )  # fmt: skip


def _find_suffix(tokens: Doc, last: int) -> str:
    """ "-elect" behind an office, as its tokens stand in the text."""
    for length in (2, 1):
        words = tokens[last : last + length].text
        if words in load_table("offices")["suffixes"]:
            return " ".join(token.text for token in tokens[last : last + length])
    return ""


def _extend_left(tokens: Doc, first: int, owner: Owner) -> int:
    while first > 0:
        token = tokens[first - 1]
        name = owner.get(first - 1)
        if name is not None and name.kind is not EntityKind.PERSON:
            first = name.first
        elif name is not None:
            if token.dep_ != "compound" or token.head.i < first:
                break
            first = name.first  # "McCain adviser"
        elif token.tag_ == "POS" and first - 2 in owner and owner[first - 2].kind is not EntityKind.PERSON:
            first = owner[first - 2].first
        elif _is_qualifier(token, first):
            first -= 1
        elif token.text == "-" and first - 2 >= 0 and tokens[first - 2].pos_ in ("ADJ", "NOUN", "PROPN", "ADV"):
            first -= 2
        elif token.pos_ == "DET" or token.tag_ == "PRP$":
            return first - 1
        else:
            break
    return first


def _is_state(token: Token, name: Name | None) -> bool:
    """ "U.S." in "U.S. Secretary of State", not "State" in "State Secretary"."""
    is_government = name is not None and name.kind is EntityKind.GOVERNMENT
    return is_government or token.text in get_gazetteer().adjectives


def _is_qualifier(token: Token, first: int) -> bool:
    """ "former", "Russian", "foreign policy" before an office that begins at ``first``."""
    gazetteer = get_gazetteer()
    if token.lower_ in get_prefixes() or token.text in gazetteer.adjectives or token.text in gazetteer.people:
        return True
    return token.pos_ in ("ADJ", "NOUN", "PROPN") and token.head.i >= first and token.is_sent_start is not True


def _extend_right(tokens: Doc, last: int, word: OfficeWord, owner: Owner) -> int:
    """To the end of "of the Foreign Affairs Committee", "to Moscow", never over a comma, a verb or a holder's name."""
    end = last
    while end + 1 < len(tokens) and end - last < MAX_TAIL and tokens[end].lower_ in _COMPLEMENTS:
        if tokens[end].dep_ not in ("prep", "dative"):
            break
        if tokens[end].head.i >= end or not _belongs(tokens, end, word):
            break
        if tokens[end].lower_ == "at" and tokens[end].head.i < last - 1:
            break  # "met members of a council at the residence of the ambassador": where they met
        stop = min(tokens[end].right_edge.i + 1, end + MAX_TAIL)
        cut = end + 1
        while cut < stop and not _closes(tokens, cut) and not (cut > end + 1 and _opens_holder(tokens, cut, owner)):
            cut += 1
        while cut > end + 1 and tokens[cut - 1].pos_ in ("DET", "ADP", "PUNCT", "CCONJ"):
            cut -= 1
        if cut == end + 1:
            break
        end = cut
    return end


def _closes(tokens: Doc, k: int) -> bool:
    """A mark or a clause that ends what an office is for; a hyphen inside a word ("Oslo-based") does not."""
    if is_joint(tokens, k) or is_joint(tokens, k - 1):
        return False
    token = tokens[k]
    return token.text in _STOPS or token.pos_ in ("VERB", "AUX", "SCONJ") or token.tag_ in _RELATIVE


def _belongs(tokens: Doc, k: int, word: OfficeWord) -> bool:
    """Does a preposition behind an office open what the office is for?"""
    preposition = tokens[k].lower_
    if preposition == "of":
        return True
    behind = [token for token in tokens[k + 1 : min(tokens[k].right_edge.i + 1, k + 6)] if token.pos_ != "DET"]
    if not behind or behind[0].ent_type_ in ("DATE", "TIME", "ORDINAL") or not any(t.text[0].isupper() for t in behind):
        return False
    if preposition in ("in", "on"):
        return word.tail == preposition or word.only_described or bool(word.classes & _LOCAL_CLASSES)
    return True


def _opens_holder(tokens: Doc, k: int, owner: Owner) -> bool:
    """A person's name directly behind what the office is for: "Ambassador to Mali Ana Ruiz"."""
    return person_at(owner, k) is not None and _ends_in_thing(tokens, k, owner)


def _ends_in_thing(tokens: Doc, k: int, owner: Owner) -> bool:
    """The word before a name is a place, a body or a field, no title and no small word."""
    name = owner.get(k - 1)
    if name is not None:
        return name.kind is not EntityKind.PERSON
    return tokens[k - 1].text in _FIELDS


def is_field(name: Name) -> bool:
    """ "European and Eurasian Affairs" is what an office is for, not a body."""
    return name.entry is None and name.text.split()[-1] in _FIELDS


def _find_organization(
    tokens: Doc, first: int, last: int, core: tuple[int, int], owner: Owner
) -> tuple[str | None, str | None]:
    """Whose office: the longest organisation named in the phrase, else the state; with the state's code."""
    gazetteer = get_gazetteer()
    organization: Name | None = None
    state: str | None = None
    of_state = core[1] < len(tokens) and tokens[core[1]].lower_ == "of"
    for k in range(first, last):
        if core[0] <= k < core[1]:
            continue
        name = owner.get(k)
        entry = name.entry if name is not None else None
        is_state = entry is not None and entry.key.startswith("territory:")
        is_body = name is not None and name.kind in (EntityKind.ORGANIZATION, EntityKind.GOVERNMENT) and not is_state
        if name is not None and is_body and not is_field(name):
            organization = max(organization or name, name, key=lambda other: len(other.text))
        if k < core[0]:
            # "South Korean" before "Korean", which by itself is neither's.
            adjective = gazetteer.adjectives.get(tokens[max(k - 1, 0) : k + 1].text) or gazetteer.adjectives.get(
                tokens[k].text
            )
            state = state or (entry.territory if entry is not None and entry.territory else None) or adjective
        elif entry is not None and is_state and of_state:
            state = state or entry.territory
    if organization is not None:
        return organization.entry.name if organization.entry is not None else organization.text, state
    if state is not None:
        return gazetteer.territories[state].name, state
    return None, None
