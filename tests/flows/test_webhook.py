"""A failed run calls the webhook; its address is a secret that no log ever shows."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import DocumentRefused
from flows.failure import report_failure, withdraw_failure
from tests.flows.harness import admissions, admissions_process
from tests.flows.site import Site, served_site
from tests.flows.wrong_documents import with_a_renamed_header, without_text

pytestmark = pytest.mark.slow  # runs refreshes

SECRET = "T0K3N-that-nobody-may-see"
HOOK = f"/hooks/{SECRET}"


@pytest.fixture
def site() -> Iterator[Site]:
    with served_site() as site:
        yield site


def refused() -> DocumentRefused:
    return DocumentRefused("is a scan", document="a.pdf", page=3, text="x", todo="Get another")


def test_the_report_and_the_call(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ADMISSIONS_WEBHOOK_URL", site.url + HOOK)
    caplog.set_level("DEBUG")
    report_failure(tmp_path, refused(), ["a.pdf"])
    ((path, body),) = site.posted
    assert path == HOOK
    told = json.loads(body)
    assert told["text"] == "admissions refresh failed: a.pdf, page 3: is a scan: 'x'. Get another"
    assert told["failed_at"].endswith("+00:00")
    report = (tmp_path / "last-failure.md").read_text(encoding="utf-8")
    for line in (
        "- what: DocumentRefused: is a scan", "- document: a.pdf", "- page: 3", "- text: x",
        "- what to do: Get another", "- sources given: a.pdf", "- still current: no release yet",
    ):  # fmt: skip
        assert line in report
    withdraw_failure(tmp_path)
    assert not list(tmp_path.iterdir())
    assert SECRET not in "".join(r.getMessage() for r in caplog.records if r.name != "httpx")


@pytest.mark.parametrize("trouble", ["refuses", "nobody there", "no address"])
def test_a_webhook_that_does_not_work_is_not_fatal(
    trouble: str,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    site.failing[HOOK] = 500
    url = {
        "refuses": site.url + HOOK,
        "nobody there": f"http://127.0.0.1:9{HOOK}",
        "no address": f"http://[{HOOK}",
    }[trouble]
    monkeypatch.setenv("ADMISSIONS_WEBHOOK_URL", url)
    report_failure(tmp_path, refused(), [])
    own = [r for r in caplog.records if r.name == "admissions"]
    assert ["the webhook could not be called" in r.getMessage() for r in own] == [True]
    assert SECRET not in own[0].getMessage()


@pytest.mark.usefixtures("prefect")
def test_a_failed_refresh_calls(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMISSIONS_WEBHOOK_URL", site.url + HOOK)
    document = tmp_path / "renamed.pdf"
    with_a_renamed_header(document)
    ended = admissions("--verbose", "refresh", document, "--data", tmp_path / "data")
    assert ended.code == 1 and "'MIDPOINT'" in ended.err
    assert json.loads(site.posted[0][1])["text"].startswith(
        "admissions refresh failed: renamed.pdf"
    )
    assert SECRET not in ended.out + ended.err


def test_not_even_debugging_shows_the_address(site: Site, prefect_url: str, tmp_path: Path) -> None:
    """All logs and the traceback; the data folder and Prefect's own database."""
    document, data = tmp_path / "scan.pdf", tmp_path / "data"
    without_text(document)
    ended = admissions_process(
        "--debug", "refresh", document, "--data", data,
        ADMISSIONS_WEBHOOK_URL=site.url + HOOK, PREFECT_API_URL=prefect_url,
    )  # fmt: skip
    assert ended.code == 1 and "Traceback" in ended.err
    assert len(site.posted) == 1
    assert SECRET not in ended.out + ended.err
    home = Path(os.environ["PREFECT_HOME"])
    assert (home / "prefect.db").exists()
    for path in (*data.rglob("*"), *home.rglob("*")):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
