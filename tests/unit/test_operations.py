"""Content streams as operations: the awkward corners of PDF syntax, and pdfminer's own opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import LIT, PSKeyword

from errors import DocumentRefused
from extract.page.operations import operations

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))


@pytest.mark.parametrize(
    ("data", "operand"),
    [
        (b"12 x", 12),
        (b"-.5 x", -0.5),
        (b"+3. x", 3.0),
        (b"(5*) x", b"5*"),
        (b"((a) b\\)) x", b"(a) b)"),
        (b"(a\\n\\101\\1012\\q) x", b"a\nAA2q"),
        (b"(a\\\r\nb\rc) x", b"ab\nc"),
        (b"<41 4> x", b"A@"),
        (b"/A#20B x", LIT("A B")),
        (b"% note\n/A x", LIT("A")),
        (b"[1 [(a)] <41>]x", [1, [b"a"], b"A"]),
        (b"<</MCID 3/P<</Q true>>>> x", {"MCID": 3, "P": {"Q": True}}),
    ],
)
def test_one_operand(data: bytes, operand: object) -> None:
    assert list(operations(data)) == [(b"x", [operand])]


def test_operators_touch_their_operands() -> None:
    assert [name for name, _ in operations(b"q(a)Tj T* f*\n/F1 9 Tf")] == [
        b"q", b"Tj", b"T*", b"f*", b"Tf",
    ]  # fmt: skip


def test_inline_image_is_not_read_as_operators() -> None:
    data = b"q BI /W 2 /H 2 /BPC 8 /CS /G ID \x00(Q[ EI Q"
    (q, _begin, image, end) = operations(data)
    assert (q[0], image[0], end[0]) == (b"q", b"EI", b"Q")
    stream = image[1][0]
    assert isinstance(stream, PDFStream)
    assert (stream.attrs["W"], stream.rawdata) == (2, b"\x00(Q[")


@pytest.mark.parametrize(
    "data", [b"(a", b"[1 2", b"1 ]", b"<</A>> x", b"[q]", b"<4x> x", b"BI /W 2 ID ....", b"{ x }"]
)
def test_what_is_no_syntax_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentRefused):
        list(operations(data))


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_same_as_pdfminer_reads(path: Path) -> None:
    with path.open("rb") as file:
        for page in PDFPage.create_pages(PDFDocument(PDFParser(file))):
            streams = [stream_value(content) for content in page.contents]
            parser, theirs = PDFContentParser(streams), []
            while True:
                try:
                    theirs.append(parser.nextobject()[1])
                except PSEOF:
                    break
            data = b"\n".join(stream.get_data() for stream in streams)
            mine = [item for name, operands in operations(data) for item in (*operands, name)]
            assert mine == [o.name if isinstance(o, PSKeyword) else o for o in theirs]
