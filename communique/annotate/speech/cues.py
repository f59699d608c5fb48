"""Words that attribute, with the syntax around them: who speaks, and which words are reported.

`find_cues` reads one parsed paragraph and gives, for each verb of saying, thinking or judging, each noun that reports
("his claim that") and each phrase such as "according to", a `Cue`: its own words, the token that denotes the speaker,
and the stretches of tokens that it governs. Quotation marks are not looked at here; `statements` joins cues with
quotations.

Source: the annotation of PolNeAR (source, cue, content) for what belongs to a cue and to its content.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from communique.annotate.parse import get_lemmas, get_texts
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_speaker import find_speaker, is_going_on, is_put
from communique.annotate.speech.cue_syntax import (
    Range,
    cut_aside,
    cut_remark,
    get_content,
    get_cue_words,
    get_region,
    merge_ranges,
)
from communique.annotate.speech.frames import find_frame, is_declining, is_negated
from communique.annotate.speech.nouns import get_nouns, read_noun
from communique.annotate.speech.phrases import read_according, read_opinion
from communique.annotate.speech.unreal import is_unreal
from communique.annotate.speech.verbs import get_all_verbs, get_verbs

# Verbs whose object is the person who is told.
ADDRESSING = frozenset(["tell", "assure", "remind", "inform", "ask", "advise", "warn", "urge", "accuse", "thank"])
_ASKING = frozenset(["ask", "wonder", "inquire", "query", "question"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_WITH_GERUND = frozenset(["report", "deny", "admit", "recall", "suggest", "mention", "acknowledge", "propose"])
# Clauses opened by these give a reason or a time; they are not what is said.
_REASONS = frozenset(["as", "because", "while", "although", "since"])
# "called again for restraint": so many words may stand between a verb and its preposition.
_ADVERBS = 1
# "told the paper on Tuesday that": the clause begins within so many tokens.
_THAT_WITHIN = 22


def find_cues(tokens: Doc) -> list[Cue]:
    """The cues of a paragraph in text order."""
    cues = []
    verbs, nouns = get_all_verbs(), get_nouns()
    for k, (text, lemma) in enumerate(zip(get_texts(tokens), get_lemmas(tokens), strict=True)):
        cue: Cue | None = None
        if lemma in verbs and tokens[k].pos_ in ("VERB", "AUX"):
            cue = _read_verb(tokens[k], lemma)
        elif lemma == "go" and is_going_on(tokens[k]):
            cue = _read_going_on(tokens[k])
        elif lemma in nouns and tokens[k].pos_ == "NOUN":
            cue = read_noun(tokens[k])
        elif text.lower() == "according":
            cue = read_according(tokens[k])
        elif text.lower() in ("in", "to"):
            cue = read_opinion(tokens[k])
        if cue is not None:
            cues.append(cue)
    return cues


def _read_verb(verb: Token, lemma: str) -> Cue | None:
    is_attribute = verb.dep_ in ("amod", "compound") or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    if is_unreal(verb) or is_attribute or is_put(verb):
        return None
    speaker, passive = find_speaker(verb)
    words = get_cue_words(verb)
    speaks = lemma in get_verbs()["say"] or lemma in get_verbs()["show"]
    heads = _find_clauses(verb, lemma)
    if heads and (speaks or (lemma in get_verbs()["think"] and not passive)):
        frame = "clause"
    elif speaks and (beside := _find_clause_beside(verb, words, speaker)):
        region = get_region(verb, words, speaker, [])
        return Cue(verb, words, "clause", speaker, beside, region, passive, is_declining(verb), is_negated(verb))
    elif found := find_frame(verb, passive):
        frame, heads = found
    elif speaks or lemma in get_verbs()["quote_only"]:
        frame, heads = "quote", []
    else:
        return None
    whole = merge_ranges([r for h in heads for r in get_content(verb, h, words)])
    content = tuple(cut_aside(verb, cut_remark(verb, r)) for r in whole)
    if frame == "preposition" and lemma != "accuse":
        words, content = _take_preposition(verb, words, content)
    region = get_region(verb, words, speaker, heads)
    return Cue(verb, words, frame, speaker, content, region, passive, is_declining(verb), is_negated(verb))


def _read_going_on(verb: Token) -> Cue:
    """ ""...," he went on": what stands in quotation marks beside it."""
    words, (speaker, passive) = Range(verb.i, verb.i + 2), find_speaker(verb)
    region = get_region(verb, words, speaker, [])
    return Cue(verb, words, "quote", speaker, (), region, passive, is_declining(verb), is_negated(verb))


def _take_preposition(verb: Token, words: Range, content: tuple[Range, ...]) -> tuple[Range, tuple[Range, ...]]:
    """ "called for restraint": the preposition belongs to the cue where it stands beside it, never to the content.

    Source: PolNeAR's training part, in 9 of 10 cases; "accused of" is the exception.
    """
    if not content:
        return words, content
    first = content[0].first
    if first - words.last <= _ADVERBS and first + 1 < content[0].last:
        words = Range(words.first, first + 1)
    rest = Range(first + 1, content[0].last)
    return words, tuple(r for r in (rest, *content[1:]) if r.last > r.first)


def _find_clauses(verb: Token, lemma: str) -> list[Token]:
    """The clauses that a verb governs: what is said, "asked whether ...", "reported holding ..."."""
    found = []
    for child in verb.children:
        marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
        is_question = lemma in _ASKING and child.dep_ == "advcl" and bool(marks & {"if", "whether"})
        has_having = child.tag_ == "VBN" and any(c.lower_ == "having" for c in child.children)
        is_gerund = lemma in _WITH_GERUND and child.dep_ == "xcomp" and (child.tag_ == "VBG" or has_having)
        if (child.dep_ == "ccomp" and not marks & _REASONS and not is_put(child)) or is_question or is_gerund:
            found.append(child)
    behind = [child for child in found if child.i > verb.i]
    return behind or [child for child in found if not _is_parted(verb, child)]


def _is_parted(verb: Token, clause: Token) -> bool:
    """ "Egypt recalled its envoy; Sudan responded by ...", "Not to be outdone, he said": not what is said."""
    is_bare = not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children)
    is_aim = is_bare and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
    if is_aim and not any(t.is_quote for t in verb.doc[max(0, clause.left_edge.i - 1) : verb.i]):
        return True
    return any(c.text == ";" and clause.i < c.i < verb.i for c in verb.lefts)


def _find_clause_beside(verb: Token, words: Range, speaker: Token | None) -> tuple[Range, ...]:
    """What is said where the parse does not make it depend on the verb; empty where nothing is found.

    "told the paper on Tuesday that ...", "Weber, he said, will ...", "As the paper reported, ...", "..., they say."
    """
    that = _bare_that(verb)
    if that is not None:
        return (that,)
    region = get_region(verb, words, speaker, [])
    if verb.dep_ == "parataxis" or _is_inserted(verb, region):
        whole, hole = verb.head, region
    elif verb.dep_ == "advcl" and any(c.lower_ == "as" and c.i < verb.i for c in verb.children):
        whole, hole = verb.head, Range(verb.left_edge.i, verb.right_edge.i + 1)
    else:
        return _find_clause_before(verb, region)
    first, last = whole.left_edge.i, whole.right_edge.i + 1
    behind = next((t for t in verb.doc[hole.last : last] if not t.is_punct), None)
    if behind is not None and behind.dep_ == "cc" and behind.head.i == verb.i:
        last = hole.last  # "..., he said, and left": what the speaker did next
    return tuple(Range(a, b) for a, b in ((first, hole.first), (hole.last, last)) if b - a > 1)


def _is_inserted(verb: Token, region: Range) -> bool:
    """ "And, Weber told the crowd, it has been done": between commas, and made to depend on what is said."""
    tokens, sentence = verb.doc, verb.sent
    if verb.dep_ != "ccomp" or verb.head.i < verb.i or region.first <= sentence.start or region.last >= sentence.end:
        return False
    return tokens[region.first - 1].text == "," and tokens[region.last].text == ","


def _find_clause_before(verb: Token, region: Range) -> tuple[Range, ...]:
    """ "..., the groups say.": the sentence before a cue that ends it."""
    tokens, sentence = verb.doc, verb.sent
    comma = region.first - 1
    if (
        comma <= sentence.start
        or tokens[comma].text != ","
        or not all(t.is_punct for t in tokens[region.last : sentence.end])
    ):
        return ()
    before = tokens[sentence.start : comma]
    return (Range(sentence.start, comma),) if any(t.tag_ in _FINITE for t in before) else ()


def _bare_that(verb: Token) -> Range | None:
    """ "told the paper on Tuesday that ..." where the parse lost the clause: from "that" to the end of the sentence."""
    end = verb.sent.end
    for token in verb.doc[get_cue_words(verb).last : min(end, verb.i + _THAT_WITHIN)]:
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT") and end - token.i > 3:
            if token.nbor(-1).dep_ == "dobj" and verb.lemma_ not in ADDRESSING:
                return None  # "stated our belief that ...": the noun has the clause
            return Range(token.i, end)
        if token.pos_ in ("VERB", "AUX") or token.text in (",", '"', ":", ";", "("):
            return None
    return None
