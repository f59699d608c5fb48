"""What `read` costs beside the language model's bare pass over the same paragraphs, and how fast it is as a whole.

    python benchmarks/bench_read.py [DATA.jsonl ...] [--limit N] [--repeats 5] [--json]

DATA holds one JSON object a line with a ``text`` (and ``published``); without it the example reports are read. The
ratio is measured in one run, on one processor, in turn, as processor time, the loading of the model in neither. The
whole process is timed by the clock, with start, loading and all processors, and the shares of our own steps are given.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

from bench_build import ROOT, count_words, load_as_shipped, measure, pass_bare, pin, sampled_stages

import communique
from communique.annotate.language_model import load_language_model
from communique.annotate.parse import BATCH
from communique.text.segment import find_paragraphs, fold


def read_texts(paths: list[Path], limit: int | None) -> list[tuple[str, str]]:
    """(text, published) of every article."""
    if not paths:
        reports = sorted((ROOT / "examples" / "reports").rglob("*.txt"))
        return [(path.read_text("utf-8"), "") for path in reports]
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [(row["text"], row.get("published") or "") for row in rows][:limit]


def read_all(texts: list[tuple[str, str]]) -> None:
    for text, published in texts:
        communique.read(text, published or None)


def pass_own(reports: list[list[str]]) -> None:
    """The model's pass as the program runs it, which is quicker than the bare one; the rest is our own steps."""
    model = load_language_model()
    for paragraphs in reports:
        for at in range(0, len(paragraphs), BATCH):
            model.pipe(paragraphs[at : at + BATCH], BATCH)


def time_process(texts: list[tuple[str, str]]) -> float:
    """Seconds by the clock of one ``communique read`` of all texts."""
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{number:05d}.txt" for number in range(len(texts))]
        for file, (text, _) in zip(files, texts, strict=True):
            Path(folder, file).write_text(text, "utf-8", newline="")
        began = time.perf_counter()
        subprocess.run(["communique", "read", *files], cwd=folder, stdout=subprocess.DEVNULL, check=False)
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="*", type=Path, metavar="DATA.jsonl")
    parser.add_argument("--limit", type=int, help="only so many articles")
    parser.add_argument("--repeats", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args()
    texts = read_texts(asked.data, asked.limit)
    words = sum(count_words(text) for text, _ in texts)
    whole = [words / time_process(texts) for _ in range(asked.repeats)]
    where = pin()
    nlp = load_as_shipped()
    paragraphs = [[fold(text[start:end]) for start, end in find_paragraphs(text)] for text, _ in texts]
    read_all(texts[:1])
    pass_bare(nlp, paragraphs[:1])
    ratios, own_ratios = [], []
    for _ in range(asked.repeats):
        bare, own = measure(partial(pass_bare, nlp, paragraphs)), measure(partial(pass_own, paragraphs))
        whole_read = measure(partial(read_all, texts))
        ratios.append(whole_read / bare)
        own_ratios.append(whole_read / own)
    with sampled_stages() as shares:
        read_all(texts)
    rows = {
        "where": where,
        "articles": len(texts),
        "words": words,
        "words/s, whole process": round(statistics.median(whole)),
        "words/s, least and most": [round(min(whole)), round(max(whole))],
        "ratio read : bare pass": round(statistics.median(ratios), 3),
        "ratio, least and most": [round(min(ratios), 3), round(max(ratios), 3)],
        "ratio read : the model's pass as read runs it": round(statistics.median(own_ratios), 3),
        **{
            f"share %, {name}": round(100 * part / shares.total(), 1)
            for name, part in shares.most_common()
            if part >= 0.004 * shares.total()
        },
    }
    if asked.json:
        print(json.dumps(rows))
        return
    for name, value in rows.items():
        print(f"{name:>40}: {value}")


if __name__ == "__main__":
    main()
