"""Layer 1 of all documents into layer 2: what the reports together say.

Order of the steps: copies of one text (`duplicates`), entities (`entities`), clusters of event mentions (`engagements`)
and the engagements they make (`assemble`), dates of undated reports (`chains`, `undated`) and of what they tell
(`redate`), comparisons of accounts (`compare`) and of claimed counts (`tallies`), the rows of layer 1 with their ids
pointing to layer 2 (`rewrite`, `measures`), agenda items under one name for each issue (`issues`), what was expected
without an outcome (`silences`), and what became of commitments and forecasts (`outcomes`).

What people decided is followed on the way: `shape` for entities and days of documents, `reshape` for engagements. The
days that registers add come last (`narrow`). `link` is a pure function of the set of readings, the set of registers and
the log of decisions: no other order, and nothing of the machine, makes a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter

from communique.collecting import without_collector
from communique.link.abroad import Corpus
from communique.link.accounts import complete_accounts
from communique.link.assemble import Assembled, assemble, find_side
from communique.link.chains import find_chained
from communique.link.compare import compare_accounts
from communique.link.decisions import SHAPES, changes_links, find_in_force
from communique.link.disputes import find_disputes
from communique.link.duplicates import find_chains
from communique.link.engagements import cluster_events
from communique.link.entities import Known, link_entities
from communique.link.hints import TimeWords, find_hints
from communique.link.issues import link_issues
from communique.link.measure_dates import Days, find_values
from communique.link.measures import compare_orders, link_measures
from communique.link.narrow import narrow_dates
from communique.link.outcomes import Rows, find_outcomes
from communique.link.redate import date_readings
from communique.link.reshape import shape_clusters
from communique.link.rewrite import (
    Rewriter,
    rewrite_agenda,
    rewrite_all,
    rewrite_commitment,
    rewrite_forecast,
    rewrite_measure,
    rewrite_mentions,
    rewrite_silence,
    rewrite_statement,
)
from communique.link.said import index_layer_1
from communique.link.shape import Shape, date_by_hand, tell
from communique.link.silences import find_open_issues
from communique.link.spellings import find_mixed_scripts
from communique.link.taken import take_words
from communique.link.tallies import compare_tallies
from communique.link.undated import infer_published
from communique.model import Decision, DocumentDate, Linked, Reading, Register, When

__all__ = ["link"]

# Each round beyond the first is for what an undated report's date, found in the last one, tells of another.
MAX_ROUNDS = 4


def link(readings: Sequence[Reading], registers: Sequence[Register] = (), decisions: Sequence[Decision] = ()) -> Linked:
    """Says what the reports together say.

    Args:
        readings: Layer 1, a document once each, in any order.
        registers: Official registers that narrow what reports leave open, in any order.
        decisions: The log of what people settled, by number. Merges, splits, "not the same", and days of documents are
            followed here; what else it says of rows is applied to rows (`record.replay`).

    Returns:
        Layer 2, every tuple sorted by id (mentions by document and place). Ids of a row stay as they are when documents
        are added that have nothing to do with it.
    """
    with without_collector():
        ordered = sorted(readings, key=lambda reading: reading.document.id)
        return _link(ordered, registers, [d for d in find_in_force(decisions) if changes_links(d)])


def _link(readings: Sequence[Reading], registers: Sequence[Register], decisions: Sequence[Decision]) -> Linked:
    shape = Shape(tuple(decision for decision in decisions if decision.action in SHAPES))
    readings = take_words(date_by_hand(readings, decisions, shape), shape)
    chain, copies = find_chains(readings)
    known, assembled, published, dated = _find_engagements(readings, shape)
    tallies = compare_tallies(assembled.engagements, readings, chain)
    found = [reading.annotations for reading in dated]
    rewriter = Rewriter(known, assembled)
    id_of = attrgetter("id")
    mentions = rewrite_mentions(readings, rewriter)
    told = rewrite_all((row for a in found for row in a.agenda), rewrite_agenda, rewriter, id_of)
    issues, agenda = link_issues(told)
    layer1 = index_layer_1(assembled.engagements, readings, known, agenda)
    compared = compare_accounts(assembled.engagements, layer1, chain)
    engagements = complete_accounts(assembled.engagements, layer1)
    promised = rewrite_all((row for a in found for row in a.commitments), rewrite_commitment, rewriter, id_of)
    foretold = rewrite_all((row for a in found for row in a.forecasts), rewrite_forecast, rewriter, id_of)
    rows = Rows(promised, foretold, assembled.engagements, agenda, mentions)
    commitments, forecasts = find_outcomes(rows, readings, published, known)
    days = {reading.document.id: reading.document.published for reading in readings} | published
    reported = Days(days, find_values(readings))
    taken = rewrite_all((row for a in found for row in a.measures), rewrite_measure, rewriter, id_of)
    measures = link_measures(taken, reported, {id: find_side(id, known) for id in known.entities})
    statements = rewrite_all((row for a in found for row in a.statements), rewrite_statement, rewriter, id_of)
    orders, disputes = compare_orders(measures, reported), find_disputes(statements, compared)
    comparisons = (*copies, *compared, *tallies, *orders, *disputes)
    silences = rewrite_all((row for a in found for row in a.silences), rewrite_silence, rewriter, id_of)
    documents = {reading.document.id: reading.document for reading in readings}
    silences = (*silences, *find_open_issues(agenda, issues.rows, assembled.engagements, documents))
    linked = Linked(
        entities=tuple(known.entities.values()),
        mentions=mentions,
        statements=statements,
        engagements=engagements,
        issues=issues.rows,
        agenda=agenda,
        silences=tuple(sorted(silences, key=id_of)),
        commitments=commitments,
        forecasts=forecasts,
        measures=measures,
        comparisons=tuple(sorted(comparisons, key=id_of)),
        problems=tuple(sorted({*rewriter.problems, *find_mixed_scripts(readings), *tell(shape.misfits)}, key=id_of)),
    )
    times = {
        reading.document.id: [TimeWords(time.start, time.end, time.value) for time in reading.annotations.times]
        for reading in readings
    }
    corpus = Corpus(linked.engagements, linked.entities, days, find_hints(linked.engagements, times))
    return replace(
        linked,
        engagements=narrow_dates(corpus, registers),
        published=tuple(DocumentDate(document, when) for document, when in published.items()),
    )


def _find_engagements(
    readings: Sequence[Reading], shape: Shape
) -> tuple[Known, Assembled, dict[str, When], list[Reading]]:
    """Entities, engagements, dates of undated reports, and the readings with the days that follow from these.

    What the corpus tells of an undated report's day dates what it tells ("last month"), which may bring engagements
    together and date other reports: so until nothing new is found, or `MAX_ROUNDS` times.
    """
    dated = date_readings(readings, shape.days, {})
    for number in range(MAX_ROUNDS):
        shape.misfits.clear()
        known = link_entities(dated, shape)
        sides = cache(partial(find_side, known=known))
        clustered = shape_clusters(cluster_events(dated, known, sides), dated, known, shape)
        assembled = assemble(clustered, dated, known)
        chained = find_chained(assembled.engagements, known)
        published = infer_published(dated, assembled.engagements, known, chained)
        found = date_readings(readings, published | shape.days, chained)
        if found == dated or number + 1 == MAX_ROUNDS:
            break
        dated = found
    return known, assembled, published, found
