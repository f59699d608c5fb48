"""Whether the time for hostile text grows no faster than the text: time(2n) : time(n), as processor time, in one run.

    python benchmarks/bench_hostile.py [--words 30000] [--repeats 3] [--json]

Each kind of text is read once with n words and once with 2n; a straight line gives 2. Prints the median ratio of each
kind, and fails (exit code 1) above 2.5. Beyond `parse.MAX_ANNOTATED` characters a text is not annotated whole, and the
ratio says less: with 4,000 words, all kinds are. The budget of a document is lifted, as the machine may be busy.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections.abc import Callable
from functools import partial

from bench_build import measure, pin

import communique
from communique import workers

BAR = 2.5
SPOKEN = "the envoy said that Weber told Novak that talks would go on and he added that"


def fill(unit: str, n_words: int, joint: str = " ") -> str:
    """A unit repeated until there are so many words."""
    return joint.join([unit] * (n_words // len(re.findall(r"\w+", unit)) + 1))


KINDS: dict[str, Callable[[int], str]] = {
    "one sentence without an end": lambda n: fill(SPOKEN, n) + ".",
    "unclosed quotation marks": lambda n: fill("“We are ready, Weber said, and", n),
    "unclosed marks, each in a paragraph": lambda n: fill("“We are ready, Weber said.", n, "\n\n"),
    "straight marks without blanks": lambda n: fill('"talks"and"peace"he said', n),
    "nested marks of all kinds": lambda n: fill("«“‘„ he said ’”» Weber told ‹them›", n),
    "cues without words": lambda n: fill("said told according to quoted as saying", n),
    "lines of a transcript": lambda n: fill("MR. WEBER: We are ready.", n, "\n\n"),
    "a list of names that speak": lambda n: fill("Weber, Novak, Ruiz and all of the others,", n) + " and Kim said so.",
    "dates without an end": lambda n: fill("on May 7, 2013, late", n),
    "plain reports": lambda n: fill(
        "Weber said on Monday that talks in Vienna had failed. “Never again,” she added.", n, "\n\n"
    ),
}


def rate(make: Callable[[int], str], n_words: int) -> tuple[float, float]:
    """(seconds for 2n words, time(2n) : time(n))."""
    once = measure(partial(communique.read, make(n_words)))
    twice = measure(partial(communique.read, make(2 * n_words)))
    return twice, twice / once


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=30_000, help="n (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args()
    where = pin()
    workers.BUDGET_S = 3600
    communique.read("Weber said that talks would go on.")
    rows = {}
    for name, make in KINDS.items():
        measured = [rate(make, asked.words) for _ in range(asked.repeats)]
        rows[name] = round(statistics.median(ratio for _, ratio in measured), 2)
        if not asked.json:
            seconds = statistics.median(seconds for seconds, _ in measured)
            print(f"{name:>36}: {rows[name]:.2f}   ({seconds:.1f} s for {2 * asked.words} words, {where})", flush=True)
    if asked.json:
        print(json.dumps(rows))
    return int(max(rows.values()) > BAR)


if __name__ == "__main__":
    sys.exit(main())
