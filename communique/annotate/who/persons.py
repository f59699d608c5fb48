"""Persons' names: their ends in a paragraph, and who is a person by the whole document.

`trim_person` and `extend_person` mend what the language model took for a name; `find_by_words` finds what it left out,
behind a title or a given name. `vote_surnames` then asks the whole document, and `settle` makes a person of whatever
bears such a surname alone, and cuts headline words off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Doc

from communique.annotate.parse import Block, Parsed, get_texts
from communique.annotate.who.gazetteer import get_gazetteer
from communique.annotate.who.name_words import (
    PARTICLES,
    SUFFIXES,
    Name,
    get_given_names,
    is_initial,
    is_joint,
    is_name_joined,
    is_name_word,
    make_name,
)
from communique.annotate.who.office_words import match_offices
from communique.annotate.who.titled import is_surname
from communique.model import EntityKind
from communique.tables import load_table

# Words that make another thing of the surname before them: "Clinton Foundation".
_NOT_PERSONS = frozenset(
    ["foundation", "administration", "doctrine", "institute", "house", "university", "tower", "center"]
)
_AMBIGUOUS_PARTICLES = frozenset(["la", "le", "las", "los", "do", "at", "as"])
_FAMILY_FIRST = frozenset(load_table("names")["words"]["family_first"])

# Offices behind which a name is that of their holder, whatever the language model takes it for.
_HOLDERS = frozenset(
    ["head of state", "head of government", "deputy head of government", "royal", "foreign minister", "minister"]
)

# Parts of speech that open a sentence or a headline before a name, and are none of its words.
_OPENINGS = frozenset(["SCONJ", "CCONJ", "ADV", "INTJ", "PART"])

# A name behind an office has at most so many words.
_MAX_HOLDER = 3

Titles = dict[int, str | None]
Words = frozenset[str]


def trim_person(tokens: Doc, first: int, last: int, titles: Titles) -> tuple[int, int]:
    """Cuts titles, adjectives of states and what is no word of a name off; an empty span where nothing is left."""
    gazetteer = get_gazetteer()
    title = max((k for k in titles if first <= k < last - 1), default=None)
    if title is not None:
        first = title + 1
    if last - first == 1 and _is_title_alone(tokens, first, titles):
        return first, first
    while first < last and (
        not is_name_word(tokens[first])
        or tokens[first].pos_ in _OPENINGS
        or (
            tokens[first].text in gazetteer.adjectives
            and last - first > 1
            and tokens[first].text not in get_given_names()
        )
    ):
        if tokens[first].lower_ in PARTICLES and first + 1 < last:
            break
        first += 1
    end = first
    while end < last and (is_name_word(tokens[end]) or tokens[end].lower_ in PARTICLES or is_joint(tokens, end)):
        # "Myung-bak", "Min-ji": what a hyphen joins is of the name, with a capital or not.
        end += 2 if is_joint(tokens, end) and end + 1 < last else 1
    while end > first and not (tokens[end - 1].text[0].isupper() or tokens[end - 1].text[0].isalpha()):
        end -= 1
    return (first, end) if any(tokens[k].text[0].isupper() for k in range(first, end)) else (first, first)


def _is_title_alone(tokens: Doc, k: int, titles: Titles) -> bool:
    """ "Amb" of "Amb. Okoro"; "King" in "King said" is a surname."""
    end = k + 1 if k + 1 in titles and tokens[k + 1].text == "." else k
    return end in titles and end + 1 < len(tokens) and tokens[end + 1].text[0].isupper()


def is_behind_office(tokens: Doc, first: int, last: int) -> bool:
    """ "Regent Karoly", "President Chun": a body or a place for the model, a person by the office."""
    ends: set[int] | None = tokens.user_data.get("holders")
    if ends is None:
        ends = {end for _, end, word in match_offices(tokens) if word.classes & _HOLDERS and not word.is_plural}
        tokens.user_data["holders"] = ends
    start = next((k for k in range(first, last) if k in ends), None)
    if start is None or not tokens[start - 1].text[0].isupper() or last - start > _MAX_HOLDER:
        return False
    words = tokens[start:last]
    following = tokens[last] if last < len(tokens) else None
    goes_on = following is not None and (following.tag_ == "POS" or following.pos_ in ("PROPN", "NOUN"))
    things = load_table("nouns")["organizations"] + load_table("engagements")["venues"]["nouns"]
    is_thing = words[-1].lower_ in things or words[-1].lower_ in _NOT_PERSONS
    is_thing = is_thing or any(token.text in get_gazetteer().adjectives for token in words)
    return not goes_on and not is_thing and all(is_name_word(token) and token.text.isalpha() for token in words)


def extend_person(tokens: Doc, first: int, last: int, stops: Collection[int]) -> tuple[int, int]:
    """Adds given names, initials, particles and suffixes that the model left out; never over a token of ``stops``."""
    given = get_given_names()
    while first > 0 and first - 1 not in stops:
        before = tokens[first - 1].text
        if is_joint(tokens, first - 1) and tokens[first - 2].lower_ in PARTICLES:
            first -= 2
        elif _is_before_name(before, tokens[first].text):
            first -= 1
        else:
            break
    while last < len(tokens) and last not in stops:
        if tokens[last].text in SUFFIXES:
            return first, last + 1
        opening = tokens[first].text
        is_sure = last - first > 1 or opening in given or opening.lower() in PARTICLES
        if is_sure and is_joint(tokens, last) and is_name_joined(tokens, last):
            last += 2
            continue
        end = last
        while end < len(tokens) - 1 and end - last < 3 and (tokens[end].text in PARTICLES or is_joint(tokens, end)):
            end += 1
        is_open = last - first == 1 and tokens[first].text in given
        is_cut = tokens[last - 1].lower_ in PARTICLES  # "Ursula von der" | "Leyen"
        may_go_on = end > last or is_open or is_cut or is_initial(tokens[last - 1].text)
        if may_go_on and end not in stops and _goes_on(tokens, end):
            last = end + 1
        else:
            break
    return first, last


def complete_name(tokens: Doc, first: int, last: int, titles: Titles) -> int:
    """Where a name ends that the model cut short: "John Foster" before "Dulles", "Premier Mendes" before "-France"."""
    is_titled = first - 1 in titles
    if is_titled and is_joint(tokens, last):
        is_led = last + 2 < len(tokens) and tokens[last + 2].pos_ in ("NOUN", "ADJ")
        return last if is_led else last + 2  # "President Paz-led talks"
    is_open = is_titled or last - first > 2 or (last - first > 1 and tokens[first].text in get_given_names())
    if not is_open or last >= len(tokens):
        return last
    head = tokens[last]
    is_one = all(token.head.i == last and token.dep_ == "compound" for token in tokens[first:last])
    is_name = head.ent_type_ in ("", "PERSON") and head.tag_ == "NNP" and head.lower_ not in _NOT_PERSONS
    return last + 1 if is_one and is_name and is_name_word(head) and head.text.isalpha() else last


def _is_before_name(word: str, name: str) -> bool:
    """A given name, an initial or a particle before a name."""
    given = get_given_names()
    if word in given:
        return name not in given
    return (is_initial(word) and word[-1] == ".") or (word in PARTICLES and word not in _AMBIGUOUS_PARTICLES)


def _goes_on(tokens: Doc, k: int) -> bool:
    token = tokens[k]
    return token.pos_ == "PROPN" and token.text[0].isupper() and is_name_word(token) and tokens[k - 1].text != ","


def find_by_words(tokens: Doc, titles: Titles, taken: Collection[int]) -> list[tuple[int, int]]:
    """Capitalised words behind a title or that begin with a given name, where nothing else is known to stand."""
    given = get_given_names()
    found: list[tuple[int, int]] = []
    texts = get_texts(tokens)
    free = 0
    for k, text in enumerate(texts):
        if k < free or k in taken or not text[0].isupper():
            continue
        behind_title = k - 1 in titles and texts[k - 1][0].isupper()
        if behind_title and k in titles and is_surname(tokens, k):
            found.append((k, k + 1))
            free = k + 1
            continue
        if not (behind_title or text in given) or not _is_free(tokens, k, taken, titles):
            continue
        end = k + 1
        while end < len(texts) and _is_free(tokens, end, taken, titles):
            end += 1
        first, last = extend_person(tokens, k, end, {*taken, *titles})
        is_rank = last - first == 1 and last in taken and is_name_word(tokens[last])  # "Chief Constable Ana Ruiz"
        if last - first > 1 or (behind_title and not is_rank):
            found.append((first, last))
            free = last
    return found


def _is_free(tokens: Doc, k: int, taken: Collection[int], titles: Titles) -> bool:
    token = tokens[k]
    if k in taken or k in titles or token.ent_type_ in ("ORG", "FAC", "LAW", "EVENT", "NORP", "WORK_OF_ART", "PRODUCT"):
        return False
    return token.pos_ == "PROPN" and token.text[0].isupper() and is_name_word(token) and token.text.isalpha()


# --- by the whole document ------------------------------------------------------------------------


def vote_surnames(parsed: Parsed, found: list[list[Name]]) -> frozenset[str]:
    """Surnames of persons who are named in full, or with a title, in running text."""
    known = get_gazetteer().names
    votes: Counter[str] = Counter()
    against: Counter[str] = Counter()
    running = [
        (name, [word for word in get_texts(block.tokens)[name.first : name.last] if word not in SUFFIXES])
        for block, names in zip(parsed.blocks, found, strict=True)
        if not block.is_heading
        for name in names
    ]
    bare = Counter(words[0] for name, words in running if len(words) == 1 and name.kind is EntityKind.PERSON)
    for name, words in running:
        if words and name.kind is EntityKind.PERSON:
            surname = words[0] if _is_family_first(words, bare) else words[-1]
            votes[surname] += 2 if len(words) > 1 or name.is_titled else 1
        elif words and (name.entry is not None or (len(words) > 1 and name.kind is EntityKind.ORGANIZATION)):
            against[words[-1]] += 1
    return frozenset(
        word
        for word, n in votes.items()
        if n >= 2 and n > against[word] and word[0].isupper() and len(word) > 1 and word not in known
    )


def _is_family_first(words: list[str], bare: Counter[str]) -> bool:
    """ "Xi Jinping"; or a surname with headline words behind it ("Okoro Ally"), which never stand alone."""
    if len(words) < 2 or words[0] in get_given_names():
        return False
    return words[0].lower() in _FAMILY_FIRST or (bare[words[0]] > 1 and not bare[words[-1]])


def settle(index: int, parsed: Parsed, names: list[Name], surnames: Words, first_names: Words) -> list[Name]:
    """One block's names; who bears a voted surname is a person, and what headlines make of words is left out."""
    block = parsed.blocks[index]
    texts = get_texts(block.tokens)
    settled = []
    for name in names:
        words = texts[name.first : name.last]
        if name.entry is None and len(words) == 1 and words[0] in surnames:
            name = replace(name, kind=EntityKind.PERSON)
        if name.kind is EntityKind.PERSON and name.entry is None and not name.is_signed:
            name = _cut_headline(block, name, words, surnames)
            if block.is_heading and not any(word in surnames for word in words):
                continue
            if not block.is_heading and not _is_believable(block, name, words, surnames):
                continue
        elif block.is_heading and name.kind is EntityKind.ORGANIZATION and name.entry is None:
            continue
        settled.append(name)
    taken = {k for name in settled for k in range(name.first, name.last)}
    for k, text in enumerate(texts):
        is_first = text in first_names and not block.is_heading and block.tokens[k].tag_ == "NNP"
        if (text in surnames or is_first) and k not in taken and _stands_alone(block.tokens, k, taken):
            first, last = extend_person(block.tokens, k, k + 1, taken)
            settled.append(make_name(index, block, parsed.folded, first, last, EntityKind.PERSON))
            taken |= set(range(first, last))
    return sorted(settled, key=lambda name: name.first)


def _is_believable(block: Block, name: Name, words: list[str], surnames: frozenset[str]) -> bool:
    """A single word that the model takes for a person: no adjective, abbreviation or plural of a surname."""
    if len(words) > 1 or name.is_titled or words[0] in surnames:
        return True
    word, token = words[0], block.tokens[name.first]
    if token.tag_ not in ("NNP", "NNPS") or (word.isupper() and len(word) <= 4) or "." in word:
        return False
    return word.removesuffix("s") not in surnames


def _cut_headline(block: Block, name: Name, words: list[str], surnames: frozenset[str]) -> Name:
    """ "Ruiz Gets" is Ruiz: in a headline every word has a capital."""
    cut = next((k for k, word in enumerate(words) if word in surnames), None)
    if cut is None or cut == len(words) - 1 or words[cut + 1] in SUFFIXES or words[cut].lower() in _FAMILY_FIRST:
        return name
    if words[-1] in surnames or "-" in words or (words[0] in get_given_names() and cut == 0):
        return name
    last = name.first + cut + 1
    end = block.start + block.tokens[last - 1].idx + len(block.tokens[last - 1])
    return replace(name, last=last, end=end, text=name.text[: end - name.start])


def _stands_alone(tokens: Doc, k: int, taken: Collection[int]) -> bool:
    """False for a surname inside a longer name ("Clinton Foundation")."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    if following is not None and following.pos_ == "PROPN" and following.text[0].isupper() and k + 1 not in taken:
        return following.lower_ not in _NOT_PERSONS
    return True
