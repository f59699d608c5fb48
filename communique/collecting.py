"""Python's cycle collector, which costs more than it frees where millions of objects live and few die in cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """The collector off for a while, if it was on; what died in cycles meanwhile is collected afterwards.

    Its passes over all readings made linking grow as n**1.13 instead of n**1.01 (5,000 to 20,000 reports,
    `benchmarks/bench_link.py`), and its passes over the language model cost some 5 % of annotating.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
