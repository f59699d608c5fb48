"""One target by coverage, with atheris (``pip install atheris``; Linux, CPython 3.11 to 3.13).

    python -m fuzz.coverage pdf -max_total_time=300 -timeout=10 -rss_limit_mb=2048

It begins with the samples of the target; an input that breaks it is written to ``fuzz/findings/TARGET/``. Options are
those of libFuzzer; a folder among them keeps the corpus for the next time.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["communique"]):
    from fuzz.samples import SAMPLES
    from fuzz.targets import TARGETS

FINDINGS = Path(__file__).parent / "findings"


def main() -> None:
    name = sys.argv.pop(1)
    samples = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, sample in enumerate(SAMPLES[name]):
        (samples / f"{number}").write_bytes(sample)
    (FINDINGS / name).mkdir(parents=True, exist_ok=True)
    # The first folder is written to: the corpus of this run, unless one was given.
    corpus = [] if any(Path(word).is_dir() for word in sys.argv[1:]) else [tempfile.mkdtemp(prefix="fuzz-")]
    atheris.Setup([*sys.argv, *corpus, str(samples), f"-artifact_prefix={FINDINGS / name}/"], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
