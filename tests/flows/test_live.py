"""`admissions refresh --live` against a site on this machine that stands for all sources."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import extract.web.download
from extract.web.exchange import FetchLimits
from tests.flows.harness import SAMPLES, admissions, archived, whole_release
from tests.flows.site import HTML, PDF, Site, served_site

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]

PAGES = {"home": "/", "provost": "/happening", "press": "/press"}
ARTICLE = "/whats-happening/news/one"


@pytest.fixture
def site(leaflets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The registry's sources, all of them on one site. Pauses are cut short."""
    quick = FetchLimits(pause_s=0.001, attempts=2, backoff_s=0.001)
    monkeypatch.setattr(
        extract.web.download,
        "Downloader",
        functools.partial(extract.web.download.Downloader, quick),
    )
    with served_site() as site:
        for name, path in PAGES.items():
            page = (SAMPLES / "pages" / f"{name}.html").read_bytes()
            site.answers[path] = (HTML, page)
        site.answers[ARTICLE] = (HTML, (SAMPLES / "pages" / "ais.html").read_bytes())
        site.answers["/ais"] = (HTML, index(ARTICLE))
        site.answers["/jupas"] = (HTML, index("/conversion.pdf", "/scholarships.pdf"))
        site.answers["/publication"] = (HTML, index("/conversion.pdf"))
        for name in ("conversion", "scholarships"):
            site.answers[f"/{name}.pdf"] = (PDF, (leaflets / f"{name}.pdf").read_bytes())
        own = tmp_path / "sources.toml"
        urls = {**PAGES, "ais": "/ais", "jupas": "/jupas", "publication": "/publication"}
        own.write_text(
            "".join(
                f'[[source]]\nname = "{name}"\nurl = "{site.url}{path}"\n'
                for name, path in urls.items()
            )
        )
        monkeypatch.setenv("ADMISSIONS_SOURCES", str(own))
        yield site


def index(*links: str) -> bytes:
    items = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return f"<!doctype html><html><body><ul>{items}</ul></body></html>".encode()


def findings(data: Path) -> list[tuple[str, str]]:
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as connection:
        return connection.sql(
            "SELECT subject, detail FROM audit.checks WHERE check_name = 'source could be had'"
        ).fetchall()


def documents(data: Path) -> list[tuple[str, str]]:
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as connection:
        return connection.sql("SELECT kind, origin FROM audit.documents ORDER BY ALL").fetchall()


def test_all_sources_then_nothing_new_then_some_fail(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = admissions("refresh", "--live", "--data", data)
    assert first.code == 0, first
    assert [origin for _, origin in documents(data)] == ["registry"] * 6
    assert findings(data) == []
    release, bytes_ = whole_release(data), archived(data)

    site.requests.clear()
    second = admissions("refresh", "--live", "--data", data)
    assert second.out.startswith(f"Nothing new: release {release} is current"), second
    asked_again = dict(site.requests)
    for path in (*PAGES.values(), ARTICLE, "/conversion.pdf", "/scholarships.pdf"):
        assert asked_again[path] == 304
    assert archived(data) == bytes_

    # One is gone, one is cut off, one shows a consent wall, and one has news.
    site.failing["/press"] = 503
    site.cut.add("/scholarships.pdf")
    site.answers["/scholarships.pdf"] = (PDF, site.answers["/scholarships.pdf"][1] + b"% new\n")
    site.answers["/happening"] = (HTML, b"<html><body><p>Accept all cookies?</p></body></html>")
    home = site.answers["/"][1].replace(b"</title>", b" now</title>", 1)
    site.answers["/"] = (HTML, home)
    third = admissions("refresh", "--live", "--data", data)
    assert third.code == 0, third
    found = dict(findings(data))
    assert len(found) == 3, found
    assert "503" in found["press"]
    assert any("scholarships.pdf" in detail for detail in found.values())
    assert any("Accept all cookies" in detail for detail in found.values())
    # What was had before stays in use; of the home page there are two captures.
    kinds = [kind for kind, _ in documents(data)]
    assert len(kinds) == 7 and kinds.count("home") == 2
    assert {"ais", "press", "provost", "scholarships"} <= set(kinds)
    assert archived(data).items() > bytes_.items()
    assert whole_release(data) != release
    status = admissions("status", "--data", data).out
    assert f"released {whole_release(data)}" in status and status.count("  not had: ") == 3

    # From now on nobody answers: the run fails, though nothing is wrong with the release.
    release = whole_release(data)
    site.failing = dict.fromkeys((*site.answers, "/robots.txt"), 503)
    ended = admissions("--quiet", "refresh", "--live", "--data", data)
    assert ended.message.startswith("none of the registry's sources could be had: ")
    assert whole_release(data) == release and (data / "last-failure.md").exists()
    assert "failed: none of the registry's sources" in admissions("status", "--data", data).out


def test_no_source_can_be_had(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    site.failing = dict.fromkeys((*site.answers, "/robots.txt"), 503)
    message = admissions("--quiet", "refresh", "--live", "--data", data).message
    assert message.startswith("none of the registry's sources could be had: ")
    assert "Check the network" in message
    assert not (data / "current").exists()


def test_a_url_given_by_hand(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    given = admissions("refresh", f"{site.url}/conversion.pdf", "--data", data)
    assert given.code == 0, given
    assert documents(data)[0][1] == "url"
    site.failing["/scholarships.pdf"] = 404
    message = admissions("refresh", f"{site.url}/scholarships.pdf", "--data", data).message
    assert message.startswith(f"{site.url}/scholarships.pdf: server answered 404")
    site.failing.clear()
    site.cut.add("/scholarships.pdf")
    before = archived(data), whole_release(data)
    message = admissions(
        "--quiet", "refresh", f"{site.url}/scholarships.pdf", "--data", data
    ).message
    assert "scholarships.pdf" in message and "Try again later" in message
    assert (archived(data), whole_release(data)) == before
    site.cut.clear()
    assert admissions("refresh", f"{site.url}/scholarships.pdf", "--data", data).code == 0


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://h/x.pdf", "http://u:p@h/x.pdf"])
def test_addresses_that_are_not_fetched(url: str, tmp_path: Path) -> None:
    message = admissions("refresh", url, "--data", tmp_path / "data").message
    assert "web address" in message and ":p@" not in message


@pytest.mark.parametrize(
    "path",
    ["/..%2f..%2fescaped.pdf", "/%00.pdf", "/a%0Ab.pdf", "/%2e%2e", "/" + "x" * 3000 + ".pdf"],
)
def test_no_name_in_a_url_leads_out_of_the_folder(
    path: str, site: Site, leaflets: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    site.answers[path] = (PDF, (leaflets / "scholarships.pdf").read_bytes())
    admissions("refresh", f"{site.url}{path}", "--data", data)
    found = {p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*")}
    assert found <= {"data", "sources.toml"}
    assert {p.name for p in data.iterdir()} <= {
        "archive", "cache", "current", "releases", ".lock", "last-check.json",
        "last-failure.md", ".prefect",
    }  # fmt: skip
    for archived_file in (data / "archive" / "blobs").rglob("*"):
        assert archived_file.is_dir() or len(archived_file.stem) == 64
