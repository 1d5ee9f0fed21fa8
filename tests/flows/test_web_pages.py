"""A page that came from the web: its server says how it is encoded, its address completes links."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from flows.documents import SAMPLES, Document, local_document
from flows.reading import read_web_page

HOME = SAMPLES / "pages" / "home.html"
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def values(document: Document) -> dict[tuple[object, ...], object]:
    readings = read_web_page(document).readings
    return {(r.table, r.key, r.column): r.value for r in readings}


def test_the_servers_word_on_the_encoding_outranks_the_pages(tmp_path: Path) -> None:
    served = tmp_path / "home.html"
    served.write_bytes(HOME.read_text("utf-8").encode("utf-16-le"))
    headers = (("content-type", "text/html; charset=UTF-16LE"),)
    document = replace(local_document(HOME, NOW), path=served, headers=headers)
    assert values(document) == values(local_document(HOME, NOW))


def test_links_of_a_page_that_does_not_tell_its_address_are_completed_by_it(tmp_path: Path) -> None:
    page = tmp_path / "home.html"
    page.write_text(HOME.read_text("utf-8").replace('rel="canonical"', 'rel="shortlink"'))
    document = local_document(page, NOW)
    printed = {value for key, value in values(document).items() if key[-1] == "url"}
    assert "/news/hkust-commences-preparations-for-new-medical-school" in printed
    fetched = replace(document, url="https://hkust.edu.hk/")
    completed = {value for key, value in values(fetched).items() if key[-1] == "url"}
    assert completed == {f"https://hkust.edu.hk{link}" for link in printed}
