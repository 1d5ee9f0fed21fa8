"""ToUnicode maps as different programs write their headers."""

from __future__ import annotations

from io import BytesIO

import pdfminer.pdffont
import pytest
from pdfminer.cmapdb import FileUnicodeMap

from extract import page_objects  # sets pdfminer up
from extract.page.objects import HeaderedCMapParser

LONG = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
    /Registry (Adobe) def
    /Ordering (Identity) def
    /Supplement 0 def
end def
/CMapName /Custom def"""
SHORT = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Custom def"""
BODY = b"""
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <0032> <0002> <00660069> endbfchar
1 beginbfrange <0003> <0004> <0041> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


@pytest.mark.parametrize("header", [LONG, SHORT, b"begincmap"])
def test_a_map_is_read_whichever_form_its_header_has(header: bytes) -> None:
    read = FileUnicodeMap()
    HeaderedCMapParser(read, BytesIO(header + BODY)).run()
    assert [read.get_unichr(code) for code in (1, 2, 3, 4)] == ["2", "fi", "A", "B"]


def test_fonts_are_read_with_it() -> None:
    assert page_objects.open_pages
    assert vars(pdfminer.pdffont)["CMapParser"] is HeaderedCMapParser
