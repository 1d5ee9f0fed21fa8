"""Hand-made PDFs: small, deterministic, each wrong or tricky in one way.

`pdf(...)` writes a PDF from raw content streams and objects, with a right cross-reference table
unless told otherwise. `CASES` names every special document and what must come of it.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def flate(data: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + extra)


def pdf(
    *contents: bytes,
    page: bytes = b"",
    resources: bytes = b"",
    objects: dict[int, bytes] | None = None,
    catalog: bytes = b"",
    fonts: bytes = b"",
    media: bytes = b"[0 0 400 300]",
    trailer: bytes = b"",
    count: int | None = None,
) -> bytes:
    """A PDF with one page per content stream. Own `objects` take numbers from 100."""
    made: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        3: HELVETICA,
    }
    kids = []
    for i, content in enumerate(contents):
        number = 10 + 2 * i
        kids.append(b"%d 0 R" % number)
        made[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R%s>>%s>>%s>>"
            % (media, number + 1, fonts, resources, page)
        )
        made[number + 1] = content if content.endswith(b"endstream") else stream(content)
    announced = len(contents) if count is None else count
    made[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), announced)
    made.update(objects or {})
    return written(made, trailer)


def written(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        if number in places:
            out += b"%010d 00000 n \n" % places[number]
        else:
            out += b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def text(
    words: bytes, x: float = 50, y: float = 200, size: float = 12, before: bytes = b""
) -> bytes:
    return b"BT %s /F1 %g Tf %g %g Td (%s) Tj ET\n" % (before, size, x, y, words)


@dataclass(frozen=True)
class Case:
    """`says`: the page's text where the document must be read right; `refused`: part of the reason.

    `refused` may be '': read or refused, but it must end.
    """

    make: Callable[[], bytes]
    says: str | None = None
    refused: str | None = None
    hidden: str | None = None
    unreadable: str | None = None


def nested_forms(depth: int, width: int) -> bytes:
    """Each form draws the next `width` times: `width` ** `depth` in all."""
    objects = {}
    for i in range(depth):
        inner = b"/X Do " * width if i < depth - 1 else text(b"deep")
        res = b"/Font<</F1 3 0 R>>/XObject<</X %d 0 R>>" % (101 + i)
        extra = b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<<%s>>" % res
        objects[100 + i] = stream(inner, extra)
    return pdf(b"/X Do", resources=b"/XObject<</X 100 0 R>>", objects=objects)


def self_drawing_form() -> bytes:
    extra = b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<</XObject<</X 100 0 R>>>>"
    return pdf(
        b"/X Do", resources=b"/XObject<</X 100 0 R>>", objects={100: stream(b"/X Do", extra)}
    )


def flate_bomb(megabytes: int = 1500) -> bytes:
    """Compressed twice: a few kilobytes that unfold to gigabytes of blanks."""
    block = b" " * (1 << 20)
    pump = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = pump.compress(block) + pump.flush(zlib.Z_FULL_FLUSH)  # can be repeated as it is
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    bomb = b"\x78\xda" + once * megabytes + b"\x03\x00" + check.to_bytes(4, "big")
    return pdf(stream(zlib.compress(bomb, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def wide_font(widths: bytes) -> bytes:
    """A composite font with the given /W."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[101 0 R]>>"
    child = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor 102 0 R/W %s>>" % widths
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
    )
    return pdf(
        b"BT /F2 12 Tf 50 200 Td <00410042> Tj ET",
        fonts=b"/F2 100 0 R",
        objects={100: font, 101: child, 102: descriptor},
    )


def to_unicode(cmap: bytes) -> bytes:
    font = HELVETICA[:-2] + b"/ToUnicode 101 0 R>>"
    return pdf(text(b"AB"), objects={3: font, 101: flate(cmap)})


def shared_page(kids: int) -> bytes:
    """A page tree whose every node lists the next one many times."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    depth = 12
    for i in range(depth):
        number = 2 + i
        ref = b"%d 0 R " % (number + 1)
        objects[number] = b"<</Type/Pages/Kids[%s]/Count 1>>" % (ref * kids)
    objects[2 + depth] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>"
    return written(objects)


def encrypted(user_password: str) -> bytes:
    """Locked by reportlab's standard security handler; opens freely where the password is ''."""
    from io import BytesIO

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    lock = StandardEncryption(user_password, ownerPassword="owner", canPrint=0)
    canvas = Canvas(out, pagesize=(400, 300), encrypt=lock, invariant=1)
    canvas.drawString(50, 200, "Median 31.13")
    canvas.save()
    return out.getvalue()


LAYER = b"<</Type/OCG/Name(Old)>>"
LAYERS = {100: LAYER}
OFF = b"/OCProperties<</OCGs[100 0 R]/D<</OFF[100 0 R]>>>>"
IMAGE = stream(b"\xff" * 3, b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
               b"/ColorSpace/DeviceRGB")  # fmt: skip
PICTURE = b"q 300 0 0 200 40 50 cm /I Do Q\n"
PICTURES = b"/XObject<</I 100 0 R>>"

CASES: dict[str, Case] = {
    # Broken, locked, absurd
    "empty file": Case(lambda: b"", refused="is not a PDF"),
    "web page": Case(lambda: b"<html><title>Not found</title></html>", refused="is not a PDF"),
    "only a header": Case(lambda: b"%PDF-1.7\n", refused="cut off or damaged"),
    "cut in half": Case(lambda: pdf(text(b"Median"))[:500], refused="cut off or damaged"),
    "no pages": Case(lambda: pdf(), refused="announces 0 pages"),
    "fewer pages than announced": Case(
        lambda: pdf(text(b"a"), count=2), refused="announces 2 pages, but 1 can be read"
    ),
    "a million pages": Case(lambda: pdf(text(b"a"), count=10**6), refused="announces 1000000"),
    "no page size": Case(
        lambda: pdf(text(b"a"), media=b"null"), refused="does not say how big it is"
    ),
    "a page of ten kilometres": Case(
        lambda: pdf(text(b"a"), media=b"[0 0 30000000 300]"), refused="a side of 3e+07 points"
    ),
    "a page without area": Case(
        lambda: pdf(text(b"a"), media=b"[0 0 0 0]"), refused="a side of 0 points"
    ),
    "turned by 45 degrees": Case(
        lambda: pdf(text(b"a"), page=b"/Rotate 45"), refused="turned by 45 degrees"
    ),
    "locked": Case(lambda: encrypted("secret"), refused="needs a password"),
    "not to be printed": Case(lambda: encrypted(""), says="Median 31.13"),
    "unknown lock": Case(
        lambda: pdf(
            text(b"a"), trailer=b"/Encrypt<</Filter/Standard/V 99/R 99/O()/U()/P 0>>"
        ),
        refused="is damaged",
    ),
    "stream that does not unpack": Case(
        lambda: pdf(stream(zlib.compress(text(b"31.13"))[:-6], b"/Filter/FlateDecode")),
        refused="is damaged",
    ),
    "stream with one wrong byte": Case(
        lambda: pdf(stream(_flipped(zlib.compress(text(b"Median 31.13"))), b"/Filter/FlateDecode")),
        refused="is damaged",
    ),
    "unknown operator": Case(
        lambda: pdf(text(b"a") + b"1 2 nonsense\n"), refused="an operator that PDF doesn't know"
    ),
    "operator without operands": Case(
        lambda: pdf(b"BT /F1 Tf (a) Tj ET"), refused="has 1 operands instead of 2"
    ),
    "string without end": Case(lambda: pdf(b"BT (a Tj ET"), refused="a string has no end"),
    "array without end": Case(lambda: pdf(b"BT [(a) TJ ET"), refused="operator stands in an array"),
    "bracket without beginning": Case(lambda: pdf(b"BT (a)] TJ ET"), refused="a bracket closes"),
    # Endless and explosive
    "form that draws itself": Case(self_drawing_form, refused="draws itself"),
    "forms 10 ** 7 deep": Case(lambda: nested_forms(7, 10), refused="forms within forms"),
    "forms 200 deep": Case(lambda: nested_forms(200, 1), refused="forms within forms"),
    "forms 5 deep": Case(lambda: nested_forms(5, 1), says="deep"),
    "Flate bomb": Case(flate_bomb, refused="MB of memory"),
    "page tree of 2 ** 12": Case(lambda: shared_page(2), refused=""),
    "arrays 10 ** 5 deep": Case(lambda: pdf(b"[" * 100_000 + text(b"a")), refused=""),
    "dictionaries 10 ** 5 deep": Case(lambda: pdf(b"/A " + b"<<" * 100_000), refused=""),
    "object that is itself": Case(
        lambda: pdf(text(b"a"), page=b"/Resources 100 0 R", objects={100: b"100 0 R"}), refused=""
    ),
    "page that is its own parent": Case(
        lambda: written(
            {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}
        ),
        refused="",
    ),
    "cross-reference that points to itself": Case(
        lambda: _endless_xref(), refused=""
    ),
    "/W of 10 ** 9 widths": Case(lambda: wide_font(b"[0 1000000000 500]"), refused=""),
    "ToUnicode range of 2 ** 32": Case(
        lambda: to_unicode(
            b"begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange "
            b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap"
        ),
        refused="",
    ),
    "ToUnicode of long strings": Case(
        lambda: to_unicode(
            b"begincmap 1 beginbfrange <00> <FF> <" + b"0041" * 5000 + b"> endbfrange endcmap"
        ),
        refused="",
    ),
    "half a million marks": Case(
        lambda: pdf(flate(b"BT /F1 1 Tf " + b"(" + b"5" * 500_000 + b") Tj ET")),
        refused="paints more than",
    ),
    "half a million fills": Case(lambda: pdf(flate(b"1 1 9 9 re f " * 500_000)), refused=""),
    "a number of 10 ** 6 digits": Case(
        lambda: pdf(b"9" * 10**6 + b" 0 m" + text(b"a")), refused=""
    ),
    "20,000 fills over each other": Case(
        lambda: pdf(flate(b"1 1 90 90 re f " * 20_000)), refused="paints more over each other"
    ),
    # What is there, but not to be seen
    "text of mode 3": Case(
        lambda: pdf(text(b"31.13") + text(b"99.99", 150, before=b"3 Tr")),
        says="31.13", hidden="render mode 3",
    ),
    "white text on paper": Case(
        lambda: pdf(text(b"31.13") + text(b"99.99", 150, before=b"1 g")),
        says="31.13", hidden="same colour as its ground",
    ),
    "white text on a dark header": Case(
        lambda: pdf(b"0 0 .5 rg 40 190 200 30 re f\n" + text(b"Median", before=b"1 g")),
        says="Median",
    ),
    "navy text on navy": Case(
        lambda: pdf(b"0 0 .5 rg 140 190 200 30 re f\n" + text(b"31.13", before=b"0 g")
                    + text(b"99", 150, before=b"0 0 .5 rg")),
        says="31.13", hidden="same colour as its ground",
    ),
    "text outside the CropBox": Case(
        lambda: pdf(text(b"31.13") + text(b"99.99", 350), page=b"/CropBox[0 0 200 300]"),
        says="31.13", hidden="outside the visible page",
    ),
    "text outside the page": Case(
        lambda: pdf(text(b"31.13") + text(b"99.99", 500) + text(b"99", 50, -90)),
        says="31.13", hidden="outside the visible page",
    ),
    "text clipped away": Case(
        lambda: pdf(b"q 0 0 100 300 re W n\n" + text(b"31.13") + text(b"99.99", 150) + b"Q\n"),
        says="31.13", hidden="clipped away",
    ),
    "text in a form's margin": Case(
        lambda: pdf(
            b"/X Do", resources=b"/XObject<</X 100 0 R>>",
            objects={100: stream(text(b"31.13") + text(b"99.99", 150),
                                 b"/Subtype/Form/BBox[0 0 100 300]")},
        ),
        says="31.13", hidden="clipped away",
    ),
    "text painted over": Case(
        lambda: pdf(text(b"99.99") + b"1 g 40 190 100 30 re f\n" + text(b"31.13", before=b"0 g")),
        says="31.13", hidden="painted over",
    ),
    "text under a picture": Case(
        lambda: pdf(text(b"99.99") + PICTURE, resources=PICTURES, objects={100: IMAGE}),
        says="", hidden="painted over",
    ),
    "text on a picture": Case(
        lambda: pdf(PICTURE + text(b"31.13", before=b"1 g"), resources=PICTURES,
                    objects={100: IMAGE}),
        says="31.13",
    ),
    "highlighter over text": Case(
        lambda: pdf(
            text(b"31.13") + b"/G gs 1 1 0 rg 40 190 100 30 re f\n",
            resources=b"/ExtGState<</G<</BM/Multiply>>>>",
        ),
        says="31.13",
    ),
    "transparent text": Case(
        lambda: pdf(text(b"31.13") + b"/G gs " + text(b"99.99", 150),
                    resources=b"/ExtGState<</G<</ca 0>>>>"),
        says="31.13", hidden="transparent",
    ),
    "layer switched off": Case(
        lambda: pdf(text(b"31.13") + b"/OC /L BDC " + text(b"99.99") + b"EMC\n",
                    resources=b"/Properties<</L 100 0 R>>", objects=LAYERS, catalog=OFF),
        says="31.13", hidden="in a layer that is switched off",
    ),
    "layer switched on": Case(
        lambda: pdf(b"/OC /L BDC " + text(b"31.13") + b"EMC\n",
                    resources=b"/Properties<</L 100 0 R>>", objects=LAYERS,
                    catalog=b"/OCProperties<</OCGs[100 0 R]/D<<>>>>"),
        says="31.13",
    ),
    "only a picture": Case(
        lambda: pdf(PICTURE, resources=PICTURES, objects={100: IMAGE}), says=""
    ),
    "a scan with a hidden text layer": Case(
        lambda: pdf(PICTURE + text(b"31.13", before=b"3 Tr"), resources=PICTURES,
                    objects={100: IMAGE}),
        says="", hidden="render mode 3",
    ),
    # Twice, over each other, turned
    "the same text twice": Case(
        lambda: pdf(text(b"31.13") + text(b"31.13")), says="31.13", hidden="printed twice"
    ),
    "overprinted for weight": Case(
        lambda: pdf(text(b"31.13") + text(b"31.13", 50.25)), says="31.13", hidden="printed twice"
    ),
    "8 printed over 3": Case(
        lambda: pdf(text(b"3") + text(b"8")), says="38", unreadable="printed over another"
    ),
    "turned by 90 degrees": Case(
        lambda: pdf(text(b"31.13"), page=b"/Rotate 90"), says="31.13"
    ),
    "MediaBox off the origin": Case(
        lambda: pdf(text(b"31.13", 1050, -800), media=b"[1000 -1000 1400 -700]"), says="31.13"
    ),
    # Letters
    "no letters in the font": Case(
        lambda: wide_font(b"[65 [600 600]]"), says="(cid:65)(cid:66)",
        unreadable="does not say which letter",
    ),
    "private letters": Case(
        lambda: to_unicode(
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            b"2 beginbfchar <41> <E041> <42> <FFFD> endbfchar endcmap"
        ),
        says="\ue041\ufffd", unreadable="gives it no letter",
    ),
    "ligature": Case(
        lambda: to_unicode(
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            b"2 beginbfchar <41> <FB01> <42> <FB02> endbfchar endcmap"
        ),
        says="fifl",
    ),
    "text that turns direction": Case(
        lambda: to_unicode(
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            b"1 beginbfchar <41> <202E> endbfchar endcmap"
        ),
        unreadable="gives it no letter",
    ),
    # Active content: never run, never read
    "JavaScript": Case(
        lambda: pdf(text(b"31.13"), catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        says="31.13",
    ),
    "launches a program": Case(
        lambda: pdf(text(b"31.13"), catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"), says="31.13"
    ),
    "embedded file": Case(
        lambda: pdf(
            text(b"31.13"),
            catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe)100 0 R]>>>>",
            objects={100: b"<</Type/Filespec/F(../../a.exe)/EF<</F 101 0 R>>>>",
                     101: stream(b"MZ")},
        ),
        says="31.13",
    ),
    "annotations of no shape": Case(
        lambda: pdf(
            text(b"31.13"),
            page=b"/Annots[7 null<</Subtype/Stamp/Rect[null 0(a)5]>><</Subtype 3/Rect 99 0 R>>"
            b"<</Subtype/FreeText/Rect[0 0 9 9]/F(x)/Contents 100 0 R>>]",
            objects={100: b"[100 0 R]"},
        ),
        says="31.13",
    ),
    "annotations are no list": Case(
        lambda: pdf(text(b"31.13"), page=b"/Annots 100 0 R", objects={100: b"<</Rect 7>>"}),
        says="31.13",
    ),
}  # fmt: skip


def _flipped(data: bytes) -> bytes:
    """One bit wrong in the middle."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]


def _endless_xref() -> bytes:
    """Its cross-reference table names itself as the previous one."""
    made = pdf(text(b"a"))
    start = made.rindex(b"xref\n0 ")
    return pdf(text(b"a"), trailer=b"/Prev %d" % start)


def broken_copies(document: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(what was done, the bytes) of byte-flipped, cut and shuffled copies of a document."""
    chance = random.Random(seed)
    for number in range(count):
        broken = bytearray(document)
        how = number % 4
        if how == 0:
            flips = chance.randint(1, 20)
            for _ in range(flips):
                broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
            yield f"{flips} bits flipped (#{number})", bytes(broken)
        elif how == 1:
            end = chance.randrange(len(broken))
            yield f"cut at {end} (#{number})", bytes(broken[:end])
        elif how == 2:
            start, length = chance.randrange(len(broken)), chance.randint(1, 2000)
            del broken[start : start + length]
            yield f"{length} bytes missing at {start} (#{number})", bytes(broken)
        else:
            start, length = chance.randrange(len(broken)), chance.randint(1, 500)
            broken[start : start + length] = chance.randbytes(length)
            yield f"{length} bytes overwritten at {start} (#{number})", bytes(broken)
