"""The sandbox: every way a document can misbehave ends in its own refusal, in time."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from errors import AdmissionsError, DocumentRefused, UnknownValue
from extract.sandbox import warm
from extract.sandbox.jobs import Job, Limits, run_limited, run_many

pytestmark = pytest.mark.slow  # waits for limits

TIGHT = Limits(memory_mb=400, cpu_seconds=1, wall_seconds=3, output_mb=1)


def job(name: str, folder: Path) -> Job:
    path = folder / f"{name}.pdf"
    path.write_bytes(b"")
    return Job(f"tests.hostile.readers:{name}", path, f"the {name} one")


def test_output_and_arguments_travel(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    said = run_limited("tests.hostile.readers:echoed", path, document="Leaflet", say="十")
    assert said.decode() == "Leaflet a.pdf 十"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("spinning", "needs more than 1 s of computing"),
        ("sleeping", "needs more than 3 s"),
        ("hoarding", "needs more than 400 MB of memory"),
        ("talkative", "gives more than 1 MB of results"),
        ("killed", "brought the reader down (SIGSEGV)"),
        ("flooding", "File too large"),
        ("buggy", "makes the reader fail: \"KeyError: 'no such key'\""),
        ("orphaning", "brought the reader down"),
    ],
)
def test_what_exceeds_its_limits_is_refused_by_name(name: str, reason: str, tmp_path: Path) -> None:
    greedy = job(name, tmp_path)
    # On a busy machine a second of computing can take long; only the sleeper meets the wall limit.
    limits = TIGHT if name == "sleeping" else replace(TIGHT, wall_seconds=120)
    with pytest.raises(DocumentRefused) as caught:
        run_limited(greedy.target, greedy.path, document=greedy.document, limits=limits)
    assert str(caught.value).startswith(f"the {name} one: ")
    assert reason in str(caught.value)


def test_an_error_of_ours_comes_back_whole(tmp_path: Path) -> None:
    with pytest.raises(UnknownValue) as caught:
        run_limited("tests.hostile.readers:unknown", tmp_path, document="Leaflet")
    error = caught.value
    assert (error.what, error.document, error.page, error.text, error.todo) == (
        "level is none",
        "Leaflet",
        3,
        "5***",
        "look at the page",
    )


def test_one_document_fails_alone(tmp_path: Path) -> None:
    names = ["echoed", "spinning", "killed", "orphaning", "unknown", "echoed", "sleeping", "echoed"]
    outcomes = list(run_many([job(n, tmp_path) for n in names], limits=TIGHT, workers=3))
    assert len(outcomes) == len(names)
    good = [outcome for outcome in outcomes if outcome.error is None]
    assert [outcome.job.document for outcome in good] == ["the echoed one"] * 3
    reasons = {outcome.job.document: str(outcome.error) for outcome in outcomes if outcome.error}
    assert "needs more than" in reasons["the spinning one"]
    assert "SIGSEGV" in reasons["the killed one"]
    assert "needs more than 3 s" in reasons["the sleeping one"]


def test_leaving_off_early_leaves_no_process(tmp_path: Path) -> None:
    started = time.monotonic()
    outcomes = run_many([job("echoed", tmp_path), job("sleeping", tmp_path)], workers=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 60
    assert not [one for one in warm._idle if not one.alive]


def test_threads_do_not_disturb_each_other(tmp_path: Path) -> None:
    said: list[bytes] = []

    def read(i: int) -> None:
        path = tmp_path / f"{i}.pdf"
        said.append(run_limited("tests.hostile.readers:echoed", path, document="x", say=str(i)))

    threads = [threading.Thread(target=read, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == sorted(f"x {i}.pdf {i}".encode() for i in range(6))


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMISSIONS_LIMIT_MEMORY_MB", "300")
    monkeypatch.setenv("ADMISSIONS_LIMIT_WALL_SECONDS", "1.5")
    assert Limits.from_environment() == Limits(memory_mb=300, wall_seconds=1.5)
    monkeypatch.setenv("ADMISSIONS_LIMIT_CPU_SECONDS", "a lot")
    with pytest.raises(AdmissionsError, match="ADMISSIONS_LIMIT_CPU_SECONDS is no number"):
        Limits.from_environment()


def test_children_inherit_no_secret_handles(tmp_path: Path) -> None:
    """A file the caller has open isn't open in the child."""
    with (tmp_path / "secret").open("wb") as secret:
        path = Path(f"/proc/self/fd/{secret.fileno()}")
        if not path.exists():
            pytest.skip("no /proc here")
        os.set_inheritable(secret.fileno(), False)
        open_there = run_limited(
            "tests.hostile.readers:open_files", tmp_path, document="x"
        ).decode()
    assert "secret" not in open_there


def test_a_warm_process_that_died_keeps_its_id_until_it_is_stopped() -> None:
    one = warm.Warm()
    os.kill(one._process.pid, signal.SIGKILL)
    while one.alive:
        time.sleep(0.01)
    os.kill(one._process.pid, 0)  # nobody else can have it meanwhile
    one.stop()
    one.stop()
