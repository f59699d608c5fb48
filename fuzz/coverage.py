"""One target by coverage, with atheris (``pip install atheris``; Linux, CPython 3.11 to 3.13).

python -m fuzz.coverage pdf -max_total_time=300 -timeout=10 -rss_limit_mb=2048
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["communique"]):
    from fuzz.targets import TARGETS


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
