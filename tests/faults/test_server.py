"""A Prefect server that is not there, or dies: one plain line where nothing could begin, and no
word lost about a run that has begun."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.harness import Ended, admissions_process, environment, whole_release
from tests.flows.steps import refreshed
from tests.flows.wrong_documents import with_a_renamed_header

pytestmark = pytest.mark.slow

# The command, but for the server, which dies at the moment when the tables are made, or when the
# documents are gathered.
DYING = """
import sys
from flows import cli, gathering, prefect_server, tables
module, name = {"tables": (tables, "release_frames"), "gather": (gathering, "gathered_documents")}[
    sys.argv[1]
]
step = getattr(module, name)
def dying(*arguments, **named):
    prefect_server._server.kill()
    prefect_server._server.wait()
    return step(*arguments, **named)
setattr(module, name, dying)
cli.main(sys.argv[2:])
"""


def with_dying_server(step: str, *arguments: object) -> Ended:
    done = subprocess.run(
        [sys.executable, "-c", DYING, step, *map(str, arguments)],
        env=environment(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_server_that_is_not_there(leaflets: Path, tmp_path: Path) -> None:
    ended = admissions_process(
        "refresh", leaflets / "conversion.pdf", "--data", tmp_path / "data",
        PREFECT_API_URL="http://127.0.0.1:9/api", timeout_s=120,
    )  # fmt: skip
    assert ended.message == (
        "nothing was released: Prefect's server cannot be reached. "
        "Start it, or unset PREFECT_API_URL to run without one"
    )
    assert not (tmp_path / "data" / "current").exists()


def test_a_server_that_dies(leaflets: Path, tmp_path: Path) -> None:
    """In a run that fails: what is wrong with the document is told, not what is wrong with the
    server. While tables are made, in the next run, which has a server of its own on what the first
    left: the release is made and the command says so; that Prefect does not know is a warning."""
    document, data = tmp_path / "renamed.pdf", tmp_path / "data"
    with_a_renamed_header(document)
    ended = with_dying_server("gather", "--quiet", "refresh", document, "--data", data)
    assert ended.message.startswith("renamed.pdf, page 1: unknown words in the header")
    assert (data / "last-failure.md").exists()

    ended = with_dying_server("tables", "refresh", leaflets / "conversion.pdf", "--data", data)
    assert ended.code == 0, ended
    release = whole_release(data)
    assert release is not None and ended.out.startswith(f"Release {release}")
    warnings = ended.err.splitlines()
    assert f"released {release}" in warnings
    assert any(line.startswith("Prefect's server could not be told") for line in warnings)
    assert "Traceback" not in ended.err and len(warnings) <= 3
    assert not (data / "last-failure.md").exists()
    assert refreshed(data, [leaflets / "conversion.pdf"]) is None  # nothing new
