"""Cues of what somebody means to bring up: "is expected to argue that …", "will press Oslo to open …".

Read of what is still to come only: what was then argued or demanded is a statement.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import get_children, get_lemma, iter_objects
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.cue import Cue, make_cue
from communique.annotate.ledgers.issues import get_issue_words
from communique.model import Phase


def read_intent(verb: Token, key: str) -> Cue | None:
    """The cue of a verb of arguing, urging, demanding or playing down; None where it has been done."""
    if verb.dep_ == "xcomp" and get_lemma(verb.head) in get_issue_words("intents", "promises"):
        return None
    heads: list[Token] = []
    if key in get_issue_words("intents", "argues"):
        clauses = [clause for clause in get_children(verb, "ccomp") if clause.i > verb.i]
        heads = [noun for clause in clauses for noun in get_children(clause, "nsubj", "nsubjpass")]
    if key in get_issue_words("intents", "urges") and any(is_people(noun) for noun in _find_urged(verb)):
        clauses = [clause for clause in get_children(verb, "xcomp", "ccomp", "advcl") if clause.i > verb.i]
        heads += [noun for clause in clauses if clause.tag_ == "VB" for noun in get_children(clause, "dobj")]
    if key in get_issue_words("intents", "for"):
        heads += [noun for _, noun in iter_objects(verb, "for")]
    if key in get_issue_words("intents", "objects"):
        heads += [cause for noun in get_children(verb, "dobj") for cause in _find_causes(noun)]
    things = [noun for noun in heads if noun.pos_ in ("NOUN", "PROPN") and not _is_body(noun)]
    cue = make_cue(verb, tuple(things))
    return cue if cue is not None and cue.phase is Phase.EXPECTED else None


def _find_causes(noun: Token) -> list[Token]:
    """Of "the blow caused by the list", the list; of another noun, itself."""
    if get_lemma(noun) not in get_issue_words("intents", "effects"):
        return [noun]
    near = noun.doc[noun.i + 1 : noun.i + 8]
    return [cause for t in near if t.lower_ in ("by", "of", "from") for cause in get_children(t, "pobj")][:1]


def _find_urged(verb: Token) -> list[Token]:
    """ "press Oslo to open": the parser may take Oslo for the subject of "open"."""
    clauses = get_children(verb, "ccomp")
    return [*get_children(verb, "dobj"), *(noun for clause in clauses for noun in get_children(clause, "nsubj"))]


def _is_body(noun: Token) -> bool:
    return is_people(noun) and noun.ent_type_ not in ("GPE", "NORP", "LOC") and noun.tag_ != "NNS"
