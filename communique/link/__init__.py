"""Layer 1 of all documents into layer 2: what the reports together say.

Order of the steps: copies of one text (`duplicates`), entities (`entities`), clusters of event mentions (`engagements`)
and the engagements they make (`assemble`), comparisons of accounts (`compare`), and the rows of layer 1 with their ids
pointing to layer 2 (`rewrite`, `measures`).

The days that registers add come last (`narrow`). `link` is a pure function of the set of readings and the set of
registers: neither their order nor the machine makes a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter

from communique.link.abroad import Corpus
from communique.link.assemble import assemble, find_side
from communique.link.compare import compare_accounts
from communique.link.duplicates import find_chains
from communique.link.engagements import cluster_events
from communique.link.entities import link_entities
from communique.link.hints import TimeWords, find_hints
from communique.link.measures import link_measures
from communique.link.narrow import narrow_dates
from communique.link.rewrite import (
    Rewriter,
    rewrite_agenda,
    rewrite_all,
    rewrite_commitment,
    rewrite_forecast,
    rewrite_measure,
    rewrite_mentions,
    rewrite_statement,
)
from communique.link.undated import infer_published
from communique.model import DocumentDate, Linked, Reading, Register

__all__ = ["link"]


def link(readings: Sequence[Reading], registers: Sequence[Register] = ()) -> Linked:
    """Says what the reports together say.

    Args:
        readings: Layer 1, a document once each, in any order.
        registers: Official registers that narrow what reports leave open, in any order.

    Returns:
        Layer 2, every tuple sorted by id (mentions by document and place). Ids of a row stay as they are when documents
        are added that have nothing to do with it.
    """
    readings = sorted(readings, key=lambda reading: reading.document.id)
    chain, copies = find_chains(readings)
    known = link_entities(readings)
    sides = cache(lambda entity: find_side(entity, known))
    clustered = cluster_events(readings, known, sides)
    assembled = assemble(clustered, readings, known)
    comparisons = (*copies, *compare_accounts(assembled.engagements, readings, chain))
    found = [reading.annotations for reading in readings]
    rewriter = Rewriter(known, assembled)
    id_of = attrgetter("id")
    measures = rewrite_all((row for a in found for row in a.measures), rewrite_measure, rewriter, id_of)
    linked = Linked(
        entities=tuple(known.entities.values()),
        mentions=rewrite_mentions(readings, rewriter),
        statements=rewrite_all((row for a in found for row in a.statements), rewrite_statement, rewriter, id_of),
        engagements=assembled.engagements,
        agenda=rewrite_all((row for a in found for row in a.agenda), rewrite_agenda, rewriter, id_of),
        commitments=rewrite_all((row for a in found for row in a.commitments), rewrite_commitment, rewriter, id_of),
        forecasts=rewrite_all((row for a in found for row in a.forecasts), rewrite_forecast, rewriter, id_of),
        measures=link_measures(measures),
        comparisons=tuple(sorted(comparisons, key=id_of)),
        problems=tuple(sorted(rewriter.problems, key=id_of)),
    )
    dated = infer_published(readings, linked)
    published = {reading.document.id: reading.document.published for reading in readings} | dated
    times = {
        reading.document.id: [TimeWords(time.start, time.end, time.value) for time in reading.annotations.times]
        for reading in readings
    }
    corpus = Corpus(linked.engagements, linked.entities, published, find_hints(linked.engagements, times))
    return replace(
        linked,
        engagements=narrow_dates(corpus, registers),
        published=tuple(DocumentDate(document, when) for document, when in dated.items()),
    )
