"""A Prefect server for one run, booted while the rest of the program is still being imported.

Input: `PREFECT_HOME`. Output: `PREFECT_API_URL` in the environment, for this process's Prefect.
Grain: one server a program. Raises: `AdmissionsError` for a server that does not come up.

Prefect boots a temporary server of its own once a flow starts, and waits for it: 5 s on one core
with the other idle, and as long again for the 150 migrations of a new database. Here it boots
first; a new database is a copy of one that was migrated before, by the same version of Prefect.
Run as a module with a socket's number, this is the server. It ends when its standard input does:
with the program that started it, however that ends.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path

from errors import AdmissionsError
from flows.settings import prepare_prefect

START_SECONDS = 180  # a busy machine takes a minute
STOP_SECONDS = 10
# What a server of one's own is set up by. Where one of these is set, Prefect decides.
_CHOSEN_BY_USER = (
    "PREFECT_API_URL",
    "PREFECT_PROFILE",
    "PREFECT_API_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE",
)
_server: subprocess.Popen[bytes] | None = None


def start_server() -> bool:
    """Start it in the background and tell Prefect its address. False where the user has one."""
    global _server
    home = Path(os.environ["PREFECT_HOME"])
    # A server that died is not waited for: 5 tries by default, a minute for each call.
    if any(name in os.environ for name in _CHOSEN_BY_USER) or (home / "profiles.toml").exists():
        os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", "2")
        return False
    os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", "1")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # Requests wait in the socket's queue until the server is up.
        port = listening.getsockname()[1]
        _server = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", __name__, str(listening.fileno())],
            stdin=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "PREFECT_UI_ENABLED": "0",
                "PREFECT__SERVER_EPHEMERAL": "1",
                "PREFECT__SERVER_FINAL": "1",
                "PREFECT_API_BLOCKS_REGISTER_ON_START": "0",  # the flow uses none
            },
            pass_fds=[listening.fileno()],
            start_new_session=True,  # Ctrl-C is for this process, which then ends the server
        )
    atexit.register(_stop_server, _server)
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    os.environ.setdefault("PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED", "0")
    os.environ.setdefault("PREFECT_CLIENT_CSRF_SUPPORT_ENABLED", "0")  # it has no protection to ask
    return True


def await_server() -> None:
    """Return once the server that `start_server` started answers. Raises `AdmissionsError`."""
    if _server is None:
        return
    address = os.environ["PREFECT_API_URL"].removeprefix("http://").removesuffix("/api")
    connection = http.client.HTTPConnection(address, timeout=START_SECONDS)
    try:
        connection.request("GET", "/api/health")
        status: object = connection.getresponse().status
    except OSError as error:
        status = error
    finally:
        connection.close()
    if status != 200:
        raise AdmissionsError(
            "Prefect's temporary server did not start",
            text=str(status),
            todo="Run it again with --debug, or set PREFECT_API_URL to a server of your own",
        )


def is_own_server() -> bool:
    """Whether the server is one that `start_server` started."""
    return _server is not None


def has_died() -> bool:
    """Whether the server that `start_server` started is no more."""
    return _server is not None and _server.poll() is not None


def _stop_server(server: subprocess.Popen[bytes]) -> None:
    """Let it write down what it still holds of the run."""
    assert server.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        server.stdin.close()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def template_database() -> Path:
    """Where the migrated, empty database of this Prefect is kept."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "hkust-admissions" / f"prefect-{version('prefect')}.db"


def is_migrated(database: Path, template: Path) -> bool:
    """Whether a database needs no migration. A missing one is made from the template."""
    if not template.exists():
        return False
    if not database.exists():
        copy = database.with_name(f".{database.name}.{os.getpid()}")
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template, copy)
        copy.replace(database)
    return _revision(database) == _revision(template)


def _revision(database: Path) -> str | None:
    """Alembic's name of the last migration; None for a database that has none."""
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        try:
            return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        except (sqlite3.Error, TypeError):
            return None


def keep_template(database: Path, template: Path) -> None:
    """Keep a copy of a database that was migrated just now and holds nothing yet."""
    template.parent.mkdir(parents=True, exist_ok=True)
    copy = template.with_name(f".{template.name}.{os.getpid()}")
    with contextlib.closing(sqlite3.connect(database)) as opened:
        opened.execute("VACUUM INTO ?", [str(copy)])
    copy.replace(template)


def make_template() -> None:
    """Have the template at hand before the first run: for `make setup`."""
    template = template_database()
    if not template.exists():
        with tempfile.TemporaryDirectory() as home:
            prepare_prefect(Path(home))
            _migrate(Path(os.environ["PREFECT_HOME"]) / "prefect.db", template)


def _migrate(database: Path, template: Path) -> None:
    """A new database with all of Prefect's migrations, kept as the template."""
    import asyncio

    from prefect.server.database import provide_database_interface

    database.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(provide_database_interface().create_db())
    with contextlib.suppress(OSError, sqlite3.Error):  # no cache: the next new one migrates too
        keep_template(database, template)


def _serve(listening: socket.socket) -> None:
    """The server, until standard input ends."""
    database = Path(os.environ["PREFECT_HOME"]).resolve() / "prefect.db"
    template = template_database()
    is_new = not database.exists()
    if is_migrated(database, template):
        os.environ["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] = "0"

    gc.disable()  # nothing of what is imported now can be collected: a fifth of the boot
    import uvicorn
    from prefect.server.api.server import create_app

    gc.freeze()
    gc.enable()

    if is_new and not template.exists():
        _migrate(database, template)
    server = uvicorn.Server(uvicorn.Config(create_app, factory=True, log_level="critical"))
    threading.Thread(target=_end_with_stdin, args=[server], daemon=True).start()
    server.run(sockets=[listening])
    os._exit(0)  # all is written down; taking the interpreter apart takes 1.5 s


def _end_with_stdin(server: object) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True  # type: ignore[attr-defined]  # uvicorn's documented way to stop
    threading.Event().wait(STOP_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "make-template":
        make_template()
    else:
        _serve(socket.socket(fileno=int(sys.argv[1])))
