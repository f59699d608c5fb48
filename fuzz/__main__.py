"""Fuzzes targets for some time, and keeps every input that breaks one.

    python -m fuzz [TARGET...] --seconds 300

With atheris (`fuzz.coverage`) a target is fuzzed by coverage; without it, as here, samples are mutated at random from
a fixed seed: bytes flipped, removed, doubled, numbers made large, pieces of samples joined. What is found is
written to ``fuzz/findings/TARGET/``, named by its digest, and replayed by ``tests/test_fuzz.py`` in every run of
the tests, once it is mended.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from pathlib import Path

from fuzz.samples import SAMPLES
from fuzz.targets import TARGETS

FINDINGS = Path(__file__).parent / "findings"
_PIECES = (
    *(b"\0", b"\xff", b"<", b">", b"&", b"\r\n\r\n", b"9" * 20, b"-1", b"=?utf-8?b?", b"<![CDATA[", b"stream\n"),
    b"WARC/1.0\r\n",
)


def mutate(samples: tuple[bytes, ...], chance: random.Random) -> bytes:
    """A sample with some changes."""
    content = bytearray(chance.choice(samples))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 1, 4, 64, 512))
        way = chance.randrange(6)
        if way == 0 and at < len(content):
            content[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del content[at : at + length]
        elif way == 2:
            content[at:at] = content[at : at + length]
        elif way == 3:
            content[at : at + chance.choice((0, 1, 8))] = chance.choice(_PIECES)
        elif way == 4:
            other = chance.choice(samples)
            start = chance.randrange(len(other))
            content[at:at] = other[start : start + length]
        else:
            del content[at:]
    return bytes(content)


def keep(target: str, content: bytes) -> Path:
    """Writes down what broke a target."""
    folder = FINDINGS / target
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(content).hexdigest()[:16]
    path.write_bytes(content)
    return path


def run(target: str, seconds: float, seed: int) -> tuple[int, int]:
    """Mutated samples for some time: how many were tried, and how many broke the target."""
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    tried = found = 0
    while time.monotonic() < end:
        content = mutate(SAMPLES[target], chance)
        began = time.monotonic()
        tried += 1
        try:
            TARGETS[target](content)
        except Exception as error:
            found += 1
            print(f"{target}: {type(error).__name__}: {error}: {keep(target, content)}")
        if time.monotonic() - began > 10:
            found += 1
            print(f"{target}: took {time.monotonic() - began:.0f} s: {keep(target, content)}")
    return tried, found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    total = 0
    for target in given.targets:
        tried, found = run(target, given.seconds, given.seed)
        total += found
        print(f"{target}: {tried} inputs, {found} findings")
    return bool(total)


if __name__ == "__main__":
    sys.exit(main())
