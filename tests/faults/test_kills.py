"""kill -9 at any moment of a refresh: the last release stays current and whole, the archive keeps
every byte it had, and the next refresh succeeds without repair.

ADMISSIONS_KILLS sets the number of kills of the slow test.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.killed import Killed, run
from tests.flows.harness import archived, whole_release
from tests.flows.steps import refreshed

log = logging.getLogger(__name__)

KILLS = int(os.environ.get("ADMISSIONS_KILLS", "6"))
PARTS = 2  # of the slow test, for as many workers


@pytest.fixture(scope="module")
def whole(base: Path, leaflets: Path, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    """A run that nobody kills: how long it takes and how often it changes the folder."""
    data = tmp_path_factory.mktemp("whole") / "data"
    shutil.copytree(base, data, symlinks=True)
    ended = run(data, [leaflets / "conversion.pdf"])
    assert ended.signal == 0 and ended.changes > 20, vars(ended)
    return ended


def killed_and_well(
    base: Path, data: Path, document: Path, kill: Callable[[Path], Killed]
) -> Killed:
    """One kill, and all that must hold after it."""
    shutil.copytree(base, data, symlinks=True)
    before, release = archived(data), whole_release(data)
    ended = kill(data)
    after = archived(data)
    assert {name: after[name] for name in before} == before
    now = whole_release(data)
    if ended.signal:
        # The switch is one rename: the old release before it, the new and whole one after it.
        assert now == release or (now is not None and now.startswith("0002-")), now
    refreshed(data, [document])
    newest = whole_release(data)
    assert newest is not None and newest != release
    assert len(archived(data)) == len(before) + 2
    left = [path.name for path in (data / "releases").iterdir() if path.name.startswith(".")]
    assert not left
    shutil.rmtree(data)
    return ended


def kill_somewhere(
    rng: random.Random, base: Path, whole: Killed, document: Path, data: Path
) -> Killed:
    """Half of the kills by the clock, half at a change of the folder."""
    report = rng.random() < 0.3
    if rng.random() < 0.5:
        moment = rng.uniform(0, whole.seconds)
        return killed_and_well(
            base, data, document, lambda d: run(d, [document], after_s=moment, report=report)
        )
    change = rng.randint(1, whole.changes)
    return killed_and_well(
        base, data, document, lambda d: run(d, [document], at_change=change, report=report)
    )


@pytest.mark.slow
def test_kills(base: Path, whole: Killed, leaflets: Path, tmp_path: Path) -> None:
    """Eight, spread over the changes a run makes: the lock, the cells, the archive, the release,
    the switch."""
    document, before = leaflets / "conversion.pdf", archived(base)
    for number in range(8):
        data = tmp_path / f"data-{number}"
        shutil.copytree(base, data, symlinks=True)
        change = 1 + number * (whole.changes - 1) // 7  # the last is after the switch
        assert run(data, [document], at_change=change).signal == 9
        assert archived(data).items() >= before.items()
        assert (whole_release(data) == whole_release(base)) == (number < 7)
    new = refreshed(tmp_path / "data-6", [document])
    assert new is not None and whole_release(tmp_path / "data-6") == new.id
    assert len(archived(tmp_path / "data-6")) == len(before) + 2


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_kills(part: int, base: Path, whole: Killed, leaflets: Path, tmp_path: Path) -> None:
    rng = random.Random(f"kills {part}")
    met: Counter[str] = Counter()
    for number in range(part, KILLS, PARTS):
        ended = kill_somewhere(
            rng, base, whole, leaflets / "conversion.pdf", tmp_path / f"data-{number}"
        )
        met[ended.step[0] if ended.signal else "not killed"] += 1
    log.info("part %d: killed in %s", part, dict(met))
    # The clock of a busy machine is no good measure: some runs end before their kill.
    assert KILLS < 100 or met["not killed"] < met.total() / 2
    assert KILLS < 100 or "publish" in met
