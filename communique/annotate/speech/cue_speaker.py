"""Who speaks: the token that denotes the speaker of a verb of saying, found by the syntax.

All functions read the dependency parse of one paragraph.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.speech.verbs import is_saying, is_speaking_noun, is_text

# How far up the parse a verb without a subject looks for one.
CLIMB = 4
# Who does this with a statement speaks in it.
_ISSUING = frozenset(
    ["issue", "release", "publish", "send", "tweet", "post", "write", "deliver", "put", "make", "share"]
)
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
# What is put to somebody: "the minister, asked about the treaty, said".
_PUTTING = frozenset(["ask", "tell", "press", "question", "remind", "inform"])


def find_speaker(verb: Token) -> tuple[Token | None, bool]:
    """The token that denotes who says what a verb reports, and whether the verb is passive.

    A verb without a subject of its own has that of the verb it depends on ("..., adding that"); a relative pronoun
    stands for its noun; "it" without an antecedent, and a passive without an agent, leave the speaker unknown.
    """
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if passive or (verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)):
        for agent in verb.children:
            if agent.dep_ == "agent":
                return next((c for c in agent.children if c.dep_ == "pobj"), None), True
        return None, True
    current = verb
    quoting = _quoting_verb(verb)
    if quoting is not None:
        return next((c for c in quoting.children if c.dep_ in ("dobj", "nsubjpass")), None), False
    if verb.tag_ == "VBG" and verb.i > 1 and verb.dep_ != "conj" and _can_speak(verb.nbor(-1)):
        return _find_issuer(verb.nbor(-1)), False
    for _ in range(CLIMB):
        subject = _find_subject(current)
        if subject is not None:
            return _stand_for(current, subject), False
        if current.dep_ == "pcomp" and current.head.lower_ == "as":
            current = current.head.head
        elif (
            current.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "dep") and current.head.i != current.i
        ):
            current = current.head
            if current.pos_ == "NOUN":
                return None, False
        elif current.dep_ == "acl" and current.head.i != current.i:
            if _can_speak(current.head):
                return _find_issuer(current.head), False
            current = _find_governing_verb(current.head)
        else:
            break
    if current.i != verb.i and is_saying(current.lemma_) and (behind := _inverted(current)) is not None:
        return behind, False  # ""...", specified the minister, underlining that ..."
    return _inverted(verb), False


def _find_subject(verb: Token) -> Token | None:
    """The subject of a verb itself, also where the parse gives it to another verb between them."""
    own = [c for c in verb.children if c.dep_ in _SUBJECTS and c.pos_ != "SCONJ"]
    if own and verb.dep_ == "advcl" and (text := _find_text(verb, own[0])) is not None:
        return text
    if own:
        # "the party, whose leader Holm has vowed ..., said": both subjects are given to the first verb
        return own[-1] if len(own) > 1 and _are_nested(own) else own[0]
    for clause in verb.lefts:
        if clause.dep_ == "ccomp":
            held = [c for c in clause.children if c.dep_ == "nsubj" and c.i < clause.i]
            if held and (is_put(clause) or _are_nested(held)):
                return held[0]
    return None


def _are_nested(subjects: list[Token]) -> bool:
    """ "the party, whose leader Holm": the second subject is of a relative clause."""
    return len(subjects) > 1 and any(c.tag_ == "WP$" for c in subjects[-1].subtree)


def _find_text(verb: Token, subject: Token) -> Token | None:
    """ "A statement released after the meeting said": the statement says so, not the meeting."""
    released = verb.head
    is_behind = any(c.dep_ == "mark" and c.i < subject.i for c in verb.children)
    if not is_behind or released.dep_ != "acl" or released.tag_ != "VBN":
        return None
    return released.head if is_text(released.head.lemma_.lower()) else None


def is_put(verb: Token) -> bool:
    """ "The minister, asked whether she knew, shrugged": parsed as if she asked; somebody else did."""
    if verb.lemma_ not in _PUTTING or verb.i < 2 or verb.nbor(-1).text != ",":
        return False
    # A comma alone never parts a subject from its verb.
    return any(c.dep_ == "nsubj" and c.i == verb.i - 2 for c in verb.children)


def _find_issuer(token: Token) -> Token:
    """ "The ministry issued a statement saying": the ministry speaks; in "a report saying" the report does."""
    verb = token.head
    if token.dep_ != "dobj" or token.pos_ != "NOUN" or verb.lemma_ not in _ISSUING or not is_text(token.lemma_.lower()):
        return token
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in ("who", "which", "that")), token)


def _can_speak(token: Token) -> bool:
    """ "with the president saying", "a statement saying"; but "a joke noting" is told by somebody else."""
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    return token.pos_ == "PROPN" or (token.pos_ == "NOUN" and is_speaking_noun(token.lemma_.lower()))


def _find_governing_verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _quoting_verb(verb: Token) -> Token | None:
    """The verb "quoted" of "quoted X as saying", "X was quoted as saying"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite"):
        return verb.head.head
    return None


def find_quoter(verb: Token) -> Token | None:
    """Who passes on what "saying" reports: "Interfax" in "Interfax quoted him as saying", "was quoted by Interfax"."""
    quoting = _quoting_verb(verb)
    if quoting is None:
        return None
    for child in quoting.children:
        if child.dep_ == "nsubj":
            return child
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _stand_for(verb: Token, subject: Token) -> Token | None:
    if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ == "what":
        return None
    return subject


def find_relative(verb: Token, speaker: Token) -> Token | None:
    """The relative pronoun that stands for the speaker: "who" in "the minister, who said ..."; None elsewhere."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and clause.head.i < clause.i:
        clause = clause.head
    if clause.dep_ != "relcl" or clause.head.i != speaker.i:
        return None
    return next((c for c in clause.children if c.dep_ in _SUBJECTS and c.lower_ in ("who", "which", "that")), None)


def _inverted(verb: Token) -> Token | None:
    """Where the parse has no subject: the name right before the verb, the name or noun right behind it."""
    if verb.tag_ == "VB":
        return None
    if verb.i > 0 and verb.nbor(-1).pos_ == "PROPN" and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return verb.nbor(-1)
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if (
        following is None
        or following.pos_ not in ("PROPN", "PRON", "DET", "NOUN", "ADJ")
        or following.lower_ in ("that", "it")
    ):
        return None
    head = following
    while head.dep_ in ("compound", "det", "amod", "poss", "nmod") and head.head.i > head.i:
        head = head.head
    return head if head.pos_ in ("PROPN", "NOUN", "PRON") and head.i - verb.i < 8 else None


def is_going_on(verb: Token) -> bool:
    """ "he went on, "...\"": somebody goes on speaking; "the war went on" does not."""
    tokens = verb.doc
    if verb.i + 2 >= len(tokens) or tokens[verb.i + 1].lower_ != "on" or not tokens[verb.i + 2].is_punct:
        return False
    return any(c.dep_ == "nsubj" and (c.lower_ in ("he", "she") or c.pos_ == "PROPN") for c in verb.lefts)
