"""``python -m eval.copies``: how many pairs of copies and versions are found, and how many others are taken for one."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from communique.link.duplicates import find_chains
from communique.model import Annotations, Reading
from eval.copies.pairs import Pair, make_pairs


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.copies", description=__doc__)
    parser.add_argument("--failures", action="store_true", help="name the pairs that are judged wrongly")
    options = parser.parse_args(arguments)
    pairs = make_pairs()
    found = Counter((pair.relation, is_one_text(pair)) for pair in pairs)
    right = found["copy", True] + found["version", True]
    wanted = right + found["copy", False] + found["version", False]
    print(f"{len(pairs)} pairs: {wanted} copies and versions, {found['other', True] + found['other', False]} others")
    print(f"one text: precision {right / max(1, right + found['other', True]):.3f}, recall {right / wanted:.3f}")
    if options.failures:
        for pair in pairs:
            if is_one_text(pair) != (pair.relation != "other"):
                print(f"  {pair.relation}: {pair.name}")
    return 0


def is_one_text(pair: Pair) -> bool:
    """True when the two are taken for one text, which counts once."""
    readings = [Reading(document, Annotations()) for document in (pair.first, pair.second)]
    chain, _ = find_chains(readings)
    return chain[pair.first.id] == chain[pair.second.id]


if __name__ == "__main__":
    sys.exit(main())
