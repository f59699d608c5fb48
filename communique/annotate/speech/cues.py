"""Words that attribute, with the syntax around them: who speaks, and which words are reported.

`find_cues` reads one parsed paragraph and gives, for each verb of saying, thinking or judging and each phrase such as
"according to", a `Cue`: its own words, the token that denotes the speaker, and the stretches of tokens that it governs.
Quotation marks are not looked at here; `statements` joins cues with quotations.

Source: the annotation of PolNeAR (source, cue, content) for what belongs to a cue and to its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.annotate.parse import get_lemmas, get_texts
from communique.annotate.speech.cue_syntax import (
    Range,
    find_speaker,
    get_content,
    get_cue_words,
    get_region,
    is_unreal,
    merge_ranges,
)
from communique.annotate.speech.verbs import get_all_verbs, get_declining, get_prepositions, get_verbs
from communique.tables import load_table

# Verbs whose object is the person who is told.
ADDRESSING = frozenset(["tell", "assure", "remind", "inform", "ask", "advise", "warn", "urge", "accuse", "thank"])
_ASKING = frozenset(["ask", "wonder", "inquire", "query", "question"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_WITH_GERUND = frozenset(["report", "deny", "admit", "recall", "suggest", "mention", "acknowledge", "propose"])
# Clauses opened by these give a reason or a time; they are not what is said.
_REASONS = frozenset(["as", "because", "while", "although", "since"])


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a paragraph. ``region`` spans the cue with its speaker: words that are never content."""

    token: Token
    words: Range
    frame: str  # clause, quote, name, judge, infinitive, preposition, according, opinion
    speaker: Token | None
    content: tuple[Range, ...]
    region: Range
    is_passive: bool = False
    declined: bool = False
    negated: bool = False


def find_cues(tokens: Doc) -> list[Cue]:
    """The cues of a paragraph in text order."""
    cues = []
    verbs = get_all_verbs()
    for k, (text, lemma) in enumerate(zip(get_texts(tokens), get_lemmas(tokens), strict=True)):
        cue: Cue | None = None
        if lemma in verbs and tokens[k].pos_ in ("VERB", "AUX"):
            cue = _read_verb(tokens[k])
        elif text.lower() == "according":
            cue = read_according(tokens[k])
        elif text.lower() in ("in", "to"):
            cue = read_opinion(tokens[k])
        if cue is not None:
            cues.append(cue)
    return cues


def _read_verb(verb: Token) -> Cue | None:
    lemma = verb.lemma_.lower()
    is_attribute = verb.dep_ in ("amod", "compound") or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    if is_unreal(verb) or is_attribute:
        return None
    speaker, passive = find_speaker(verb)
    words = get_cue_words(verb)
    speaks = lemma in get_verbs()["say"] or lemma in get_verbs()["show"]
    heads = _find_clauses(verb, lemma)
    if heads and (speaks or (lemma in get_verbs()["think"] and not passive)):
        frame = "clause"
    elif speaks and (beside := _find_clause_beside(verb, words, speaker)):
        region = get_region(verb, words, speaker, [])
        return Cue(verb, words, "clause", speaker, beside, region, passive, negated=_is_negated(verb))
    elif found := _other_frame(verb, lemma, passive):
        frame, heads = found
    elif speaks or lemma in get_verbs()["quote_only"]:
        frame, heads = "quote", []
    else:
        return None
    content = tuple(merge_ranges([r for head in heads for r in get_content(verb, head, words)]))
    region = get_region(verb, words, speaker, heads)
    return Cue(verb, words, frame, speaker, content, region, passive, _is_declining(verb, lemma), _is_negated(verb))


def _find_clauses(verb: Token, lemma: str) -> list[Token]:
    """The clauses that a verb governs: what is said, "asked whether ...", "reported holding ..."."""
    found = []
    for child in verb.children:
        marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
        is_question = lemma in _ASKING and child.dep_ == "advcl" and bool(marks & {"if", "whether"})
        is_gerund = lemma in _WITH_GERUND and child.dep_ == "xcomp" and child.tag_ == "VBG"
        if (child.dep_ == "ccomp" and not marks & _REASONS) or is_question or is_gerund:
            found.append(child)
    return found


def _find_clause_beside(verb: Token, words: Range, speaker: Token | None) -> tuple[Range, ...]:
    """What is said where the parse does not make it depend on the verb; empty where nothing is found.

    "told the paper on Tuesday that ...", "Weber, he said, will ...", "As the paper reported, ...", "..., they say."
    """
    that = _bare_that(verb)
    if that is not None:
        return (that,)
    region = get_region(verb, words, speaker, [])
    if verb.dep_ == "parataxis":
        whole, hole = verb.head, region
    elif verb.dep_ == "advcl" and any(c.lower_ == "as" and c.i < verb.i for c in verb.children):
        whole, hole = verb.head, Range(verb.left_edge.i, verb.right_edge.i + 1)
    else:
        return _find_clause_before(verb, region)
    first, last = whole.left_edge.i, whole.right_edge.i + 1
    return tuple(Range(a, b) for a, b in ((first, hole.first), (hole.last, last)) if b - a > 1)


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
    for token in verb.doc[get_cue_words(verb).last : min(end, verb.i + 22)]:
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT") and end - token.i > 3:
            if token.nbor(-1).dep_ == "dobj" and verb.lemma_ not in ADDRESSING:
                return None  # "stated our belief that ...": the noun has the clause
            return Range(token.i, end)
        if token.pos_ in ("VERB", "AUX") or token.text in (",", '"', ":", ";", "("):
            return None
    return None


def _other_frame(verb: Token, lemma: str, passive: bool) -> tuple[str, list[Token]] | None:
    """The frames without a clause: naming, infinitive, preposition, judging, a mere object."""
    kinds = get_verbs()
    after = [c for c in verb.children if c.i > verb.i]
    objects = [c for c in after if c.dep_ in ("dobj", "oprd", "attr", "nsubjpass")]
    preps = [c for c in after if c.dep_ == "prep"]
    if lemma in kinds["name"]:
        named = [c for c in after if c.dep_ in ("oprd", "ccomp", "attr")]
        as_ = [c for c in preps if c.lower_ == "as" and lemma != "call"]
        if named or as_ or (objects and lemma != "call"):
            return "name", [*objects, *named, *as_]
    if passive:
        return None
    infinitives = [c for c in after if c.dep_ in ("xcomp", "advcl") and any(g.lower_ == "to" for g in c.children)]
    if lemma in kinds["commit"] and infinitives:
        addressed = [c for c in after if c.dep_ == "dobj" and lemma not in ("tell", "ask")]
        return "infinitive", addressed + infinitives
    if _has_prep(preps, lemma):
        governed = [c for c in preps if c.lower_ in get_prepositions()[lemma]]
        called_on = infinitives if any(c.lower_ == "on" for c in governed) else []
        return "preposition", objects + governed + called_on
    if lemma in kinds["judge"] and objects:
        return "judge", objects + [c for c in preps if c.lower_ in ("of", "for", "as", "over", "with")]
    if objects and not _is_negated(verb) and (lemma in kinds["object"] or (lemma in kinds["show"] and _is_text(verb))):
        return "object", objects
    return None


def _is_text(verb: Token) -> bool:
    """True where the subject is a poll, a report or the like: what it shows is what it says."""
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in load_table("nouns")["documents"] for c in verb.children)


def _is_negated(verb: Token) -> bool:
    """ "did not express", "neither side expressed"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(c.dep_ == "neg" for c in verb.children) or any(
        t.lower_ in ("neither", "no", "none", "nobody") for s in subjects for t in s.subtree if t.i <= s.i
    )


def _has_prep(preps: list[Token], lemma: str) -> bool:
    wanted = get_prepositions().get(lemma, frozenset())
    return any(c.lower_ in wanted for c in preps)


def _is_declining(verb: Token, lemma: str) -> bool:
    refusing, of = get_declining()
    return lemma in refusing and any(c.dep_ == "xcomp" and c.lemma_ in of for c in verb.children)


def read_according(token: Token) -> Cue | None:
    """ "according to X": the rest of its clause is what X says."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return None
    region = Range(token.i, max(speaker.right_edge.i + 1, to.i + 1))
    return Cue(token, Range(token.i, to.i + 1), "according", speaker, tuple(_around(token, region)), region)


def read_opinion(token: Token) -> Cue | None:
    """ "in Novak's opinion", "in the words of the minister", "in his view"."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lower_ not in load_table("cues")["phrases"]["opinion"] or noun.i - token.i > 12:
        return None
    speaker = next((c for c in noun.children if c.dep_ == "poss"), None)
    if speaker is None:
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        speaker = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if speaker is None or (speaker.pos_ == "PRON" and speaker.lower_ in ("my", "your", "our")):
        return None
    region = Range(token.i, noun.right_edge.i + 1)
    return Cue(token, Range(token.i, noun.i + 1), "opinion", speaker, tuple(_around(token, region)), region)


def _is_at_edge(token: Token, region: Range) -> bool:
    """ "According to X, ..." and "..., according to X." qualify the whole sentence."""
    sentence = token.sent
    if all(t.is_punct or t.pos_ == "CCONJ" for t in token.doc[sentence.start : region.first]):
        return True
    rest = token.doc[region.last : sentence.end]
    return all(t.is_punct for t in rest) and token.i > 0 and token.nbor(-1).text == ","


def _around(token: Token, region: Range) -> list[Range]:
    """The clause that a phrase qualifies: the sentence, or the subordinate clause that the phrase stands in."""
    sentence = token.sent
    first, last = sentence.start, sentence.end
    if _is_at_edge(token, region):
        pieces = [Range(first, region.first), Range(region.last, last)]
        return [
            piece
            for piece in pieces
            if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])
        ]
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ in ("ccomp", "relcl", "advcl") and clause.pos_ in ("VERB", "AUX"):
        first, last = clause.left_edge.i, clause.right_edge.i + 1
    pieces = [Range(first, region.first), Range(region.last, last)]
    return [
        piece
        for piece in pieces
        if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])
    ]
