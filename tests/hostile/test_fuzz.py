"""Fuzzing: seconds in the tests, as long as you like on demand.

    ADMISSIONS_FUZZ_SECONDS=600 pytest -m slow tests/hostile/test_fuzz.py

The quick one lets hypothesis write content streams; the long one breaks the samples and the
hostile corpus at random, in the sandbox, and prints the seed of a failure.
ADMISSIONS_HOSTILE_TARGET chooses another reader, as in test_broken_copies.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import DocumentRefused
from extract.page.objects import open_pages
from extract.sandbox.jobs import Job, Limits, run_many
from tests.hostile.corpus import CASES, IMAGE, broken_copies, pdf

OPERATORS = [
    "q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "m", "l", "c", "v", "y", "h", "re",
    "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "BT", "ET", "Tc", "Tw", "Tz",
    "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"', "CS", "cs", "SC", "SCN",
    "sc", "scn", "G", "g", "RG", "rg", "K", "k", "sh", "Do", "MP", "DP", "BMC", "BDC", "EMC",
    "BX", "EX",
]  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-1000, 1000),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 3)),
    st.sampled_from([0, 1, 10**30, -(10**30), 1e-30]),
)
WORDS = st.text("Median 31.13*()\\<>[]/%", max_size=12)
OPERANDS = st.one_of(
    NUMBERS.map(lambda v: f"{v:f}" if isinstance(v, float) else str(v)),
    WORDS.map(lambda w: "(" + w.replace("\\", "").replace("(", "").replace(")", "") + ")"),
    st.sampled_from(["/F1", "/X", "/I", "/G", "/L", "/OC", "/None", "[(a) -50 (b)]", "<</A 1>>"]),
    WORDS,
)
OPERATIONS = st.tuples(st.lists(OPERANDS, max_size=6), st.sampled_from(OPERATORS)).map(
    lambda made: " ".join([*made[0], made[1]])
)
SENSIBLE = st.sampled_from(
    [
        "q", "Q", "BT", "ET", "/F1 9 Tf", "0 Tr", "3 Tr", "1 0 0 1 50 60 Tm", "0 1 -1 0 90 60 Tm",
        "10 -12 Td", "(31.13) Tj", "[(5) 20 (*)] TJ", "1 g", "0 0 1 rg", "0 0 0 1 k", "/X Do",
        "/I Do", "/G gs", "10 10 200 9 re f", "20 20 90 .4 re f", "0 0 50 50 re W n",
        "9 9 m 99 9 l S", "2 0 0 2 0 0 cm", "0 0 0 0 0 0 cm", "/OC /L BDC", "EMC", "0 Tz", "-9 Tz",
    ]
)  # fmt: skip
PARTS = {
    "resources": b"/XObject<</X 100 0 R/I 101 0 R>>/ExtGState<</G<</ca .5/BM/Multiply>>>>"
    b"/Properties<</L 102 0 R>>",
    "catalog": b"/OCProperties<</OCGs[102 0 R]/D<</OFF[102 0 R]>>>>",
}
FORM = (
    b"<</Subtype/Form/BBox[0 0 90 90]/Resources<</Font<</F1 3 0 R>>>>/Length 30>>stream\n"
    b"BT /F1 9 Tf 5 5 Td (5) Tj ET 1 g\nendstream"
)


@settings(
    max_examples=settings.default.max_examples * 3 // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(content=st.lists(st.one_of(SENSIBLE, SENSIBLE, OPERATIONS), max_size=40))
def test_any_content_is_read_or_refused(content: list[str]) -> None:
    path = Path(tempfile.gettempdir()) / f"fuzz-{os.getpid()}.pdf"
    objects = {100: FORM, 101: IMAGE, 102: b"<</Type/OCG/Name(L)>>"}
    path.write_bytes(pdf("\n".join(content).encode("latin1"), objects=objects, **PARTS))
    try:
        for page in open_pages(path):
            for char in page.chars:
                assert char.x0 <= char.x1
                assert char.top <= char.bottom
            for rule in page.rules:
                assert rule.start < rule.end
    except DocumentRefused:
        pass
    finally:
        path.unlink()


@pytest.mark.slow
def test_broken_at_random_for_as_long_as_you_like(tmp_path: Path) -> None:
    seconds = float(os.environ.get("ADMISSIONS_FUZZ_SECONDS", "5"))
    target = os.environ.get("ADMISSIONS_HOSTILE_TARGET", "tests.hostile.readers:pages_print")
    limits = Limits(memory_mb=700, cpu_seconds=5, wall_seconds=20)
    seeds = [case.make() for name, case in CASES.items() if "bomb" not in name]
    seeds += [path.read_bytes() for path in (Path(__file__).parents[2] / "samples").glob("*.pdf")]
    until = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < until:
        seed = random.randrange(10**9)
        chance = random.Random(seed)
        jobs = []
        for number in range(100):
            source = chance.choice(seeds)
            if not source:
                continue
            copies = list(broken_copies(source, 4, chance.randrange(10**9)))
            what, broken = chance.choice(copies)
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(broken)
            jobs.append(Job(target, path, f"seed {seed}, document {number}, {what}"))
        for outcome in run_many(jobs, limits=limits):
            tried += 1
            if outcome.error is not None:
                assert isinstance(outcome.error, DocumentRefused)
                assert "makes the reader fail" not in str(outcome.error)
                assert "brought the reader down" not in str(outcome.error)
    assert tried
