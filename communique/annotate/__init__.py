"""A document into layer 1: everything that this one report says.

`annotate` is the whole of it, in the order of the steps. Each step is a pure function of the document and of what the
steps before it found; none of them looks at another document.
"""

from __future__ import annotations

from communique.annotate.events.engagements import find_engagements
from communique.annotate.events.voices import add_voices
from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.agenda import find_agenda
from communique.annotate.ledgers.commitments import find_commitments
from communique.annotate.ledgers.forecasts import find_forecasts
from communique.annotate.ledgers.measures import find_measures
from communique.annotate.ledgers.readouts import add_readouts
from communique.annotate.ledgers.silences import find_silences
from communique.annotate.ledgers.traces import find_traces
from communique.annotate.parse import MAX_ANNOTATED, Parsed, parse
from communique.annotate.speech.statements import find_statements
from communique.annotate.times import find_times
from communique.annotate.who.actors import find_actors
from communique.annotate.who.tenure import add_tenures
from communique.model import Annotations, Document, Problem, problem
from communique.text.language import is_english

__all__ = ["annotate"]


def annotate(document: Document, model: LanguageModel) -> Annotations:
    """Everything that a document says, each row with its words.

    Args:
        document: As read; its parts decide what is looked at.
        model: From `language_model.load_language_model`.
    """
    if not is_english(document.text):
        language = document.language.value if document.language else None
        what = f"in another language ({language})" if language and language != "en" else "not English prose"
        reason = f"{document.file}: the text is {what}: stored and searchable, but not annotated"
        return Annotations(problems=(problem(document.id, "annotate", reason),))
    parsed = parse(document, model)
    actors = find_actors(parsed)
    times = find_times(parsed)
    events = find_engagements(parsed, actors, times)
    statements = find_statements(parsed, actors, times, events)
    events = add_readouts(parsed, actors, times, statements, add_voices(events, statements))
    agenda = find_agenda(parsed, actors, events, statements)
    return Annotations(
        referents=tuple(sorted(add_tenures(actors, times).values(), key=lambda referent: referent.id)),
        mentions=actors.mentions,
        times=times,
        statements=statements,
        events=events,
        agenda=agenda,
        commitments=find_commitments(parsed, actors, times, statements, events),
        forecasts=find_forecasts(parsed, actors, times, events, statements),
        measures=find_measures(parsed, actors, times),
        silences=find_silences(parsed, actors, events, statements, agenda),
        traces=find_traces(parsed, actors, statements),
        problems=_tell_rest(parsed),
    )


def _tell_rest(parsed: Parsed) -> tuple[Problem, ...]:
    """What is too much of a document to be annotated, as a problem of it."""
    document = parsed.document
    end = max((block.end for block in parsed.blocks), default=0)
    if len(document.text) <= MAX_ANNOTATED or not document.text[end:].strip():
        return ()
    reason = f"{document.file}: only the first {end:,} of {len(document.text):,} characters are annotated"
    return (problem(document.id, "annotate", reason, "split it into single reports"),)
