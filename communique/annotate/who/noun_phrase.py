"""The words of a noun phrase: "a source in the cabinet" in "a source in the cabinet, who wanted no name, said"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import is_verb

_NP_LEFT = frozenset(
    ["det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "case", "punct", "predet"]
)
# "those who attended": a pronoun or noun that says nothing without its relative clause, which is short.
_BARE = frozenset(["those", "anyone", "everyone", "some", "many", "people", "others", "all"])
MAX_RELATIVE = 10
_QUOTATION = frozenset(['"', "'", "``", "''"])  # as the language model is given all of them
_NP_RIGHT = frozenset(["of", "for", "from", "at", "in", "with", "on", "to", "close", "familiar"])


def find_phrase(token: Token) -> tuple[int, int]:
    """First and behind-last token of the phrase around a head, without relative clauses and appositions."""
    first = token.i
    for child in token.lefts:
        if child.dep_ in _NP_LEFT and child.text not in _QUOTATION:
            first = min(first, child.left_edge.i)
    last = token.i
    for child in token.rights:
        if child.i - last > 1 or child.dep_ not in ("prep", "acomp", "amod") or child.lower_ not in _NP_RIGHT:
            break
        end = _find_end(child)
        if any(is_verb(t) for t in token.doc[child.i : end + 1]):
            break
        last = end
    if last == token.i and token.lower_ in _BARE:
        clause = next((c for c in token.rights if c.dep_ == "relcl"), None)
        if clause is not None and clause.right_edge.i - token.i <= MAX_RELATIVE:
            last = clause.right_edge.i
    while last > token.i and token.doc[last].is_punct:
        last -= 1
    return first, last + 1


def _find_end(phrase: Token) -> int:
    """ "in the cabinet, who wanted no name": the last token before a comma behind which a clause says more."""
    last: int = phrase.right_edge.i
    for token in phrase.doc[phrase.i : last]:
        if token.text == "," and token.nbor().tag_ in ("WP", "WDT", "WP$", "WRB"):
            return token.i - 1
    return last
