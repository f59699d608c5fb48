"""The syntax around a verb of saying: which tokens are reported, which belong to the cue.

All functions read the dependency parse of one paragraph; ranges are half-open token indices of it.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Token

from communique.annotate.parse import get_lemmas
from communique.annotate.speech.verbs import get_remarks, get_verbs

# How many verbs up a complement is bounded by what follows them, and how many of their dependents are looked at: a
# sentence without an end must not cost time without an end.
LEVELS = 6
MOST_BESIDE = 40
_SETS_OFF = frozenset([",", "-", "--", "\u2013", "\u2014"])
# What the report adds to a clause behind its end: "..., though he gave no names".
_CONCEDING = frozenset(["though", "although"])
_MODALS = frozenset(["would", "could", "will", "can", "may", "might", "should", "must"])
# An aside stands behind at least so many tokens of what is said.
_LEAST = 2
_MARKS = frozenset(["``", "''", '"', "\u201c", "\u201d"])


class Range(NamedTuple):
    """Tokens ``first`` to before ``last`` of a paragraph."""

    first: int
    last: int


def get_cue_words(verb: Token) -> Range:
    """The verb with its auxiliaries, negation and particle: "has not said", "pointed out"."""
    first, last = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i and child.i >= verb.i - 4:
            between = verb.doc[child.i : verb.i]
            if all(t.dep_ in ("aux", "auxpass", "neg", "advmod") for t in between):
                first = min(first, child.i)
        elif child.dep_ in ("prt", "advmod") and child.i == last and child.lower_ in get_verbs()["particles"]:
            last = child.i + 1
    return Range(first, last)


def get_content(verb: Token, head: Token, words: Range) -> list[Range]:
    """The subtree of a complement, without the cue where that stands in its midst ("Weber, he said, will ...")."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    if first <= verb.i < last:
        left, right = verb.left_edge.i, verb.right_edge.i + 1
        own = [
            c
            for c in verb.children
            if c.dep_ in ("nsubj", "nsubjpass", "aux", "neg", "advmod", "dobj", "dative", "npadvmod", "prep", "prt")
        ]
        left = min([c.left_edge.i for c in own if c.right_edge.i < last and c.i != head.i] + [words.first])
        right = max([c.right_edge.i + 1 for c in own if c.i > verb.i and c.i != head.i] + [words.last])
        return [Range(a, b) for a, b in ((first, left), (right, last)) if b > a]
    if head.i > verb.i:
        first = max(first, words.last)
        last = max(last, _reach(verb, head, last))
    else:
        first, last = _skip_introduction(head, first), min(last, words.first)
    return [Range(first, last)] if last > first else []


def _skip_introduction(head: Token, first: int) -> int:
    """ "Her deputy was blunt: they would leave, she said": what stands before the colon is the report's."""
    colon = next((c.i for c in head.lefts if c.text == ":"), first)
    is_quoted = any(t.tag_ in _MARKS or t.text in _MARKS for t in head.doc[first:colon])
    return first if is_quoted or colon == first else colon + 1


def _reach(verb: Token, head: Token, last: int) -> int:
    """A complement behind its verb goes on to the end of the sentence unless something else of the verb follows."""
    if head.dep_ != "ccomp":
        return last
    end: int = verb.sent.end
    current = verb
    for _ in range(LEVELS):
        behind = list(islice((c for c in current.rights if c.i >= last and c.dep_ != "punct"), MOST_BESIDE))
        other = next((c for number, c in enumerate(behind) if not _goes_with(c, behind[number + 1 :])), None)
        if other is not None:
            end = min(end, other.left_edge.i)
        if current.head.i == current.i or current.dep_ == "ROOT":
            break
        current = current.head
        if current.i > last:
            end = min(end, current.left_edge.i if current.left_edge.i > last else last)
    return max(last, end)


def _goes_with(child: Token, following: list[Token]) -> bool:
    """ "say that it is so and will remain so": what has a modal and no subject of its own belongs to the content."""
    if child.dep_ == "cc":
        conjunct = next((c for c in following if c.dep_ == "conj"), None)
        return conjunct is not None and _goes_with(conjunct, [])
    if child.dep_ != "conj":
        return False
    own = list(islice(child.children, MOST_BESIDE))
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in own):
        return True
    return not any(c.dep_ == "nsubj" for c in own) and any(c.tag_ == "MD" for c in own)


def merge_ranges(ranges: list[Range]) -> list[Range]:
    """Ranges in order, those that touch or overlap as one."""
    merged: list[Range] = []
    for r in sorted(ranges):
        if merged and r.first <= merged[-1].last:
            merged[-1] = Range(merged[-1].first, max(r.last, merged[-1].last))
        else:
            merged.append(r)
    return merged


def get_region(verb: Token, words: Range, speaker: Token | None, heads: list[Token]) -> Range:
    """From the speaker's words to the addressee and the adverbs around the verb, without the content."""
    first, last = words
    if speaker is not None and abs(speaker.i - verb.i) < 60 and speaker.sent == verb.sent:
        first = min(first, speaker.left_edge.i)
        last = max(last, speaker.right_edge.i + 1) if speaker.i > verb.i else last
    contents = {h.i for h in heads}
    for child in verb.children:
        if child.i in contents or child.dep_ in ("ccomp", "conj", "advcl", "parataxis", "punct", "cc"):
            continue
        if child.i > verb.i and (child.dep_ in ("dobj", "dative", "npadvmod", "advmod", "prep", "prt", "nsubj")):
            last = max(last, child.right_edge.i + 1)
    for head in heads:
        if head.i > verb.i and head.left_edge.i < last:
            last = max(words.last, head.left_edge.i)
        if head.i < verb.i and head.right_edge.i >= first:
            first = max(first, head.right_edge.i + 1) if head.right_edge.i < words.first else first
    return Range(first, last)


def cut_remark(verb: Token, content: Range) -> Range:
    """ "said that Oslo had paid, a charge Oslo denied": the remark is the report's, with its own speaker."""
    tokens = verb.doc
    remarks = _find_remarks(tokens)
    for k in islice(remarks, bisect_left(remarks, max(content.first, verb.i)), bisect_left(remarks, content.last)):
        noun = tokens[k]
        before = noun.left_edge.i - 1
        clause = next((c for c in noun.rights if c.dep_ in ("relcl", "acl") and c.tag_ in ("VBD", "VBZ", "VBN")), None)
        if clause is None or before <= content.first or tokens[before].text not in _SETS_OFF:
            continue
        if any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in clause.children):
            return Range(content.first, before)
    return content


def _find_remarks(tokens: Doc) -> list[int]:
    """Where a paragraph has words for a remark ("a charge", "a view"); found once for all its cues."""
    found: list[int] | None = tokens.user_data.get("remarks")
    if found is None:
        remarks = get_remarks()
        found = tokens.user_data["remarks"] = [k for k, lemma in enumerate(get_lemmas(tokens)) if lemma in remarks]
    return found


def cut_aside(verb: Token, content: Range) -> Range:
    """ "said that he had met the envoy, who was born in Oslo": what is added behind a comma at the end is the report's.

    Source: PolNeAR's training part, every other article: relative clauses with "who" at the end are content in 2 cases
    and not content in 10, with "which" in 10 and 15, phrases with "a" in 3 and 7, clauses with "though" in 2 and 5.
    What holds quotation marks stays.
    """
    tokens, last = verb.doc, content.last
    while last > content.first and (tokens[last - 1].is_punct or tokens[last - 1].is_space):
        last -= 1
    if content.first <= verb.i or last <= content.first:
        return content
    inner = tokens[last - 1]
    for _ in range(MOST_BESIDE):  # up from the last token, through all that ends with it
        before = inner.left_edge.i - 1
        if before < content.first + _LEAST or inner.right_edge.i + 1 < last:
            break
        if tokens[before].text in _SETS_OFF and inner.head.i < before and _is_aside(inner):
            is_quoted = any(t.tag_ in _MARKS or t.text in _MARKS for t in tokens[before:last])
            return content if is_quoted else Range(content.first, before)
        inner = inner.head
    return content


def _is_aside(head: Token) -> bool:
    if head.dep_ == "relcl":
        pronoun = next((t for t in head.subtree if t.tag_ in ("WP", "WDT", "WP$")), None)
        if pronoun is None or pronoun.lower_ == "that":
            return False
        return pronoun.lower_ != "which" or not any(c.lower_ in _MODALS for c in head.children)
    if head.dep_ == "advcl":
        return any(c.dep_ == "mark" and c.lower_ in _CONCEDING for c in head.children)
    is_list = any(c.dep_ == "cc" for c in head.children)  # "they had discussed Iran, a ceasefire and trade"
    return head.dep_ == "appos" and head.left_edge.lower_ in ("a", "an", "one") and not is_list
