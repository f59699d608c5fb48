"""Documents to annotations, by one process or several; the order and the outcome are the same.

Nothing but JSON passes between processes. What defeats an annotator defeats one document and becomes a problem.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat

from communique.codec import from_plain, to_json
from communique.collecting import without_collector
from communique.errors import CommuniqueError
from communique.model import Annotations, Document, Problem, problem
from communique.settings import Settings

# Of processor time for one document: more than twice what the longest that is annotated (`parse.MAX_ANNOTATED`) wants.
BUDGET_S = 10


def iter_annotations(
    documents: Iterable[Document], settings: Settings, *, share_model: bool = False
) -> Iterator[Annotations]:
    """Annotations of documents, in their order.

    Args:
        documents: What is to be annotated. Several processes begin with the first while the others are still being
            read; all are taken before the first outcome is given.
        settings: The model, and how many processes work at once.
        share_model: The language model is loaded once, here, and the workers are forks of this process. Only for a
            process that runs no other threads, and only on Linux; elsewhere each worker loads its own.
    """
    if settings.workers <= 1:
        for document in documents:
            yield annotate_safely(document, settings.model)
        return
    method = "spawn"
    if share_model and sys.platform == "linux":
        load_model(settings.model)
        method = "fork"
    with ProcessPoolExecutor(settings.workers, multiprocessing.get_context(method), _start_worker) as pool:
        payloads = pool.map(_annotate_payload, map(to_json, documents), repeat(settings.model))
        try:
            for payload in payloads:
                yield from_plain(Annotations, json.loads(payload))
        except BrokenProcessPool as error:
            raise CommuniqueError(
                "a worker process was ended from outside (by want of memory?); what was stored stays",
                "run the same command again to go on; with --workers 1 if this repeats",
            ) from error


def _start_worker() -> None:
    """Leaves Ctrl-C to the parent, and ends this process when the parent is gone, were it by kill -9."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _annotate_payload(payload: str, model: str) -> str:
    """What a worker does: JSON in, JSON out, so that nothing but text passes between processes."""
    return to_json(annotate_safely(from_plain(Document, json.loads(payload)), model))


class OutOfTime(BaseException):
    """A document has used up its time. Not an `Exception`, so that nothing on the way takes it for a fault."""


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Ends what is inside when it has used so much processor time; only in a process's main thread, and on Unix.

    Raises:
        OutOfTime: It has.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def end(number: int, frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, end)
    # Again and again, should the first one come where Python drops exceptions.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def annotate_safely(document: Document, model: str) -> Annotations:
    """Annotates a document; what defeats an annotator defeats this one document and becomes a problem."""
    try:
        found = annotate_document(document, model)
        return replace(found, problems=(*_tell_losses(document), *found.problems))
    except TimeoutError:
        reason = f"{document.file}: not annotated, since that took more than {BUDGET_S} s; it is stored and searchable"
        told = problem(document.id, "annotate", reason, "split it into single reports")
        return Annotations(problems=(*_tell_losses(document), told))
    except CommuniqueError:  # no model; or evidence that does not hold: a bug, which must not pass for bad input
        raise
    except Exception as error:  # the one boundary between a document and the rest of the run
        reason = f"{document.file}: cannot be annotated ({type(error).__name__}: {error})"
        told = problem(document.id, "annotate", reason, "report this with the file")
        return Annotations(problems=(*_tell_losses(document), told))


def _tell_losses(document: Document) -> tuple[Problem, ...]:
    """What of a document could not be read, as a problem of it."""
    if not document.losses:
        return ()
    reason = f"{document.file}: read in part only: {'; '.join(document.losses)}"
    return (problem(document.id, "read", reason, "get the file again if you can; what could be read is stored"),)


def load_model(model: str) -> None:
    """Loads the language model of that name, and the annotators, into this process; at once where they are there.

    Raises:
        ModelError: It is missing or not the pinned one.
    """
    # Late, for they bring spaCy (a second): who only looks into a record shall not wait for it.
    from communique.annotate import annotate  # noqa: F401
    from communique.annotate.language_model import load_language_model

    load_language_model(model)


def annotate_document(document: Document, model: str) -> Annotations:
    """Layer 1 of a document, with the language model of that name; raises what its annotators raise."""
    from communique.annotate import annotate  # late, as in `load_model`
    from communique.annotate.language_model import load_language_model

    loaded = load_language_model(model)
    try:
        with time_budget(BUDGET_S), without_collector():
            return annotate(document, loaded)
    except OutOfTime as error:
        raise TimeoutError(f"{document.file}: took more than {BUDGET_S} s of processor time") from error
