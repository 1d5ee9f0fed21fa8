"""The Prefect server that boots ahead: its database, its address, its end."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from flows.prefect_server import is_migrated, keep_template

PROGRAM = """
import sys, time
from flows import prefect_server
prefect_server.start_server()
prefect_server.await_server()
print(prefect_server._server.pid, flush=True)
time.sleep(300)
"""


def _database(path: Path, revision: str) -> Path:
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("CREATE TABLE alembic_version (version_num TEXT)")
        opened.execute("INSERT INTO alembic_version VALUES (?)", [revision])
    return path


def test_a_new_database_is_a_copy_of_the_template(tmp_path: Path) -> None:
    template = tmp_path / "cache" / "prefect.db"
    keep_template(_database(tmp_path / "first.db", "b2"), template)
    new = tmp_path / "home" / "prefect.db"
    assert is_migrated(new, template)
    with closing(sqlite3.connect(new)) as opened:
        assert opened.execute("SELECT version_num FROM alembic_version").fetchone() == ("b2",)
    assert [path.name for path in new.parent.iterdir()] == ["prefect.db"]


def test_a_database_of_another_prefect_is_migrated(tmp_path: Path) -> None:
    template = _database(tmp_path / "template.db", "b2")
    assert not is_migrated(_database(tmp_path / "old.db", "a1"), template)
    (tmp_path / "broken.db").write_bytes(b"no database")
    assert not is_migrated(tmp_path / "broken.db", template)


def test_without_template_prefect_migrates(tmp_path: Path) -> None:
    assert not is_migrated(tmp_path / "new.db", tmp_path / "none.db")
    assert not (tmp_path / "new.db").exists()


@pytest.mark.slow
def test_setting_up_makes_the_template(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.prefect_server", "make-template"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment["XDG_CACHE_HOME"] = str(tmp_path)
    subprocess.run(command, env=environment, check=True)
    (template,) = (tmp_path / "hkust-admissions").iterdir()
    with closing(sqlite3.connect(template)) as opened:
        assert opened.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        assert opened.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)


@pytest.mark.slow
def test_the_server_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {
        "PREFECT_HOME": str(tmp_path / "home"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        server = int(program.stdout.readline())
        (template,) = (tmp_path / "cache" / "hkust-admissions").iterdir()
        with closing(sqlite3.connect(template)) as opened:
            assert opened.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert program.stdout is not None
        program.stdout.close()
    until = time.monotonic() + 60
    while Path(f"/proc/{server}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not _runs(server)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
