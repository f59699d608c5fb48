"""What a build costs beside the language model's bare pass over the same paragraphs.

Both are measured in one run, on one processor, in turn, as processor time; what counts is the ratio. The corpus is the
folder given (default ``examples/reports``), copied until it holds enough words. Each copy has other names, dates and
numbers, and its reports exchange paragraphs: else they would be taken for copies of one report, which they are.

    python benchmarks/bench_build.py [FOLDER ...] [--words 50000] [--repeats 5] [--json]

Prints: build : bare pass, the loading of the model counted in neither; a fresh process : bare pass; words per second;
what a second build over the same record costs; the share of each module with what it calls; the peak of memory.
"""

from __future__ import annotations

import argparse
import calendar
import collections
import json
import os
import platform
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

# Before numpy is imported: one thread, as one processor is measured.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402

import communique  # noqa: E402
from communique.annotate.language_model import find_language_model, load_language_model  # noqa: E402
from communique.annotate.parse import BATCH  # noqa: E402
from communique.text.segment import find_paragraphs, fold  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "communique" / "tables"
MONTHS = [month for month in calendar.month_name if month]
DAYS = list(calendar.day_name)
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"

FRESH = """
import os, pathlib, re, resource, sys, communique
communique.build([sys.argv[1]], sys.argv[2])
status = pathlib.Path("/proc/self/status")
# Linux passes the parent's peak on to the usage of a child; the high-water mark is the child's own.
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(sum(os.times()[:4]), peak[1] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


# --- the corpus -----------------------------------------------------------------------------------


def turn(word: str, wheel: str | list[str], by: int) -> str:
    """The word that stands ``by`` places further on a wheel."""
    return wheel[(wheel.index(word) + by) % len(wheel)]


def rename(name: str, copy: int) -> str:
    """Another name that reads like one, the same in the whole copy: Jansen, Jonsin, …"""
    by_vowel, by_consonant = copy % 5, copy // 5
    head, tail = name[0], name[1:]
    changed = (
        turn(c, VOWELS, by_vowel) if c in VOWELS else turn(c, CONSONANTS, by_consonant) if c in CONSONANTS else c
        for c in tail
    )
    return head + "".join(changed)


def change_word(word: str, copy: int, known: frozenset[str]) -> str:
    for wheel in (MONTHS, DAYS, NUMBERS):
        if word in wheel:
            return turn(word, wheel, copy)
    if word.isdigit():
        return str(int(word) % 27 + 1 + copy % 3) if len(word) <= 2 else str(int(word) + copy)
    is_name = word[0].isupper() and word[1:].islower() and len(word) > 3 and word.lower() not in known
    return rename(word, copy) if is_name else word


def change_text(text: str, copy: int, known: frozenset[str]) -> str:
    return re.sub(r"\w+", lambda match: change_word(match[0], copy, known), text)


def find_known_words(texts: list[str]) -> frozenset[str]:
    """Words that are no names of persons: those that occur in small letters too, and those of the program's tables."""
    in_tables = re.findall(r"[^\W\d_]+", " ".join(path.read_text("utf-8") for path in TABLES.glob("*.toml")))
    in_texts = re.findall(r"\b[a-z]+\b", " ".join(texts))
    return frozenset(word.lower() for word in in_tables) | frozenset(in_texts)


def count_words(text: str) -> int:
    return len(text.split())


def mix_paragraphs(reports: list[list[str]], number: int, copy: int) -> list[str]:
    """A report with its own headline, and each further paragraph out of a report drawn by lot, always the same way."""
    lots = random.Random(f"{copy} {number}")
    lenders = [reports[number], *(lots.choice(reports) for _ in range(max(map(len, reports)) - 1))]
    return [lender[place] for place, lender in enumerate(lenders) if place < len(lender)]


def write_corpus(folders: list[Path], n_words: int, into: Path) -> int:
    """Copies the folders' texts, mixed anew and with other names, dates and numbers. Returns the number of words."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    if not paths:
        raise SystemExit(f"bench_build: no .txt files in {', '.join(map(str, folders))}")
    texts = [path.read_text("utf-8") for path in paths]
    known = find_known_words(texts)
    reports = [[text[start:end] for start, end in find_paragraphs(text)] for text in texts]
    written = copy = 0
    while written < n_words:
        for number, text in enumerate(texts):
            changed = text
            if copy:
                changed = change_text("\n\n".join(mix_paragraphs(reports, number, copy)), copy, known)
            (into / f"{copy:04d}-{number:04d}.txt").write_text(changed, "utf-8")
            written += count_words(changed)
        copy += 1
    return written


# --- what is measured -----------------------------------------------------------------------------


def measure(work: Callable[[], object]) -> float:
    """Processor time of a call, with that of the processes that it started and waited for."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def read_paragraphs(corpus: Path) -> list[list[str]]:
    """The corpus as the program gives it to the model: each report's paragraphs, in plain characters."""
    texts = [path.read_text("utf-8") for path in sorted(corpus.glob("*.txt"))]
    return [[fold(text[start:end]) for start, end in find_paragraphs(text)] for text in texts]


def load_as_shipped() -> Language:
    """The pipeline with all its own components; the program replaces two of them by look-ups."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(find_language_model().folder, exclude=["senter"])


def pass_bare(nlp: Language, reports: list[list[str]]) -> None:
    for paragraphs in reports:
        collections.deque(nlp.pipe(paragraphs, batch_size=BATCH), maxlen=0)


def build_fresh(corpus: Path, record: Path) -> tuple[float, float]:
    """The build in a process of its own: processor seconds with start and loading, peak MB."""
    command = [sys.executable, "-c", FRESH, str(corpus), str(record)]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    return float(printed[-2]), float(printed[-1]) / 1024


@contextmanager
def sampled_stages() -> Iterator[collections.Counter[str]]:
    """Counts processor time by the module of the package that is at work: what it calls elsewhere counts as its own.

    A signal every 5 ms of the processor's time outside the system; one that comes late, after long work in C, weighs as
    much as it is late. (The other timer is that of a document's budget, `workers.time_budget`.)
    """
    shares: collections.Counter[str] = collections.Counter()
    last = time.process_time()

    def note(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        while frame and not str(frame.f_globals.get("__name__", "")).startswith("communique."):
            frame = frame.f_back
        shares[".".join(frame.f_globals["__name__"].split(".")[1:]) if frame else "other"] += int(1e6 * (now - last))
        last = now

    signal.signal(signal.SIGVTALRM, note)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.005, 0.005)
    try:
        yield shares
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def pin() -> str:
    """Keeps this process and its children on one processor, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned"
    processor = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processor})
    return f"pinned to processor {processor}"


def run(corpus: Path, work: Path, repeats: int) -> dict[str, list[float]]:
    """Each figure, once a repeat; the things compared take turns. The model is loaded before, once for all builds."""
    figures: dict[str, list[float]] = collections.defaultdict(list)
    nlp = load_as_shipped()
    reports = read_paragraphs(corpus)
    warm = work / "warm"
    warm.mkdir()
    first = min(corpus.glob("*.txt"))
    (warm / first.name).write_bytes(first.read_bytes())
    communique.build([warm], work / "warm.db")
    pass_bare(nlp, reports[:1])
    for n in range(repeats):
        record = work / f"{n}.db"
        figures["load"].append(measure(load_language_model.__wrapped__))
        figures["bare"].append(measure(partial(pass_bare, nlp, reports)))
        build = partial(communique.build, [corpus], record)
        figures["build"].append(measure(build))
        figures["again"].append(measure(build))
        fresh, peak = build_fresh(corpus, work / f"{n}-fresh.db")
        figures["fresh"].append(fresh)
        figures["peak MB"].append(peak)
        figures["record MB"].append(record.stat().st_size / 1e6)
    return figures


def share_stages(corpus: Path, work: Path) -> dict[str, float]:
    """Each module's share of one more build, in per cent; those under 0.5 together."""
    with sampled_stages() as shares:
        communique.build([corpus], work / "shares.db")
    whole = max(1, shares.total())
    large = {name: 100 * part / whole for name, part in shares.most_common() if part >= 0.005 * whole}
    return {**large, "all others": 100 - sum(large.values())}


def report(words: int, figures: dict[str, list[float]], shares: dict[str, float]) -> dict[str, object]:
    """The figures as printed: medians, and of each ratio the median over the repeats."""
    middle = {name: statistics.median(values) for name, values in figures.items()}
    ratios = [build / bare for bare, build in zip(figures["bare"], figures["build"], strict=True)]
    return {
        "words": words,
        "bare pass, s": round(middle["bare"], 2),
        "load, s": round(middle["load"], 2),
        "build, s": round(middle["build"], 2),
        "ratio build : bare pass": round(statistics.median(ratios), 3),
        "ratio, least and most": [round(min(ratios), 3), round(max(ratios), 3)],
        "ratio fresh process : bare pass": round(middle["fresh"] / middle["bare"], 3),
        "fresh process, s": round(middle["fresh"], 2),
        "words/s, fresh process": round(words / middle["fresh"]),
        "second build, % of first": round(100 * middle["again"] / middle["build"], 1),
        "peak MB, fresh process": round(middle["peak MB"]),
        "record MB": round(middle["record MB"], 1),
        **{f"share %, {name}": round(share, 1) for name, share in shares.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "examples" / "reports"], metavar="FOLDER")
    parser.add_argument("--words", type=int, default=50_000, help="at least so many (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args()
    where = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {pin()}"
    with tempfile.TemporaryDirectory() as folder:
        work, corpus = Path(folder), Path(folder) / "corpus"
        corpus.mkdir()
        words = write_corpus(asked.folders, asked.words, corpus)
        figures = run(corpus, work, asked.repeats)
        rows = {"where": where, "repeats": asked.repeats, **report(words, figures, share_stages(corpus, work))}
    if asked.json:
        print(json.dumps(rows))
        return
    for name, value in rows.items():
        print(f"{name:>40}: {value}")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
