"""Small PDFs drawn for one test: text, rules and fills at places that the test names; and the
declared vocabulary, loaded once, that they are read with.

Input: `Leaf`s with what they show. Output: a PDF file. Grain: one document. Raises nothing.
Coordinates are points from the top left corner of the MediaBox, as the readers give them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import transform
from extract.headers.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")
HEIGHT = 400.0


@dataclass
class Leaf:
    """One page under construction. `visible`: x from and to of its CropBox, None for all of it;
    `seen_to`: where the CropBox ends below."""

    width: float = 500.0
    visible: tuple[float, float] | None = None
    seen_to: float = HEIGHT
    operators: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 7.0, rgb: str = "0 0 0") -> Leaf:
        """Helvetica at `x`, its line starting `top` points below the upper edge."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        y = HEIGHT - top - size * 0.8
        self.operators.append(f"BT {rgb} rg /F {size} Tf {x} {y} Td ({escaped}) Tj ET")
        return self

    def aslant(self, x: float, top: float, text: str, size: float) -> Leaf:
        """Grey text that climbs by 35 degrees, as a watermark does."""
        matrix = f"0.82 0.57 -0.57 0.82 {x} {HEIGHT - top}"
        self.operators.append(f"BT 0.9 g /F {size} Tf {matrix} Tm ({text}) Tj ET")
        return self

    def turned(self, x: float, bottom: float, text: str, size: float = 7.0) -> Leaf:
        """Text that runs upwards from `bottom`, its baseline at `x`."""
        matrix = f"0 1 -1 0 {x} {HEIGHT - bottom}"
        self.operators.append(f"BT 0 g /F {size} Tf {matrix} Tm ({text}) Tj ET")
        return self

    def backwards(self, x: float, top: float, text: str, size: float = 7.0) -> Leaf:
        """Letters half their size apart, drawn one by one from the last to the first."""
        for i in reversed(range(len(text))):
            self.text(x + i * size / 4, top, text[i], size)
        return self

    def row(self, top: float, cells: dict[float, str], size: float = 7.0) -> Leaf:
        """Texts of one line, by their x."""
        for x, text in cells.items():
            self.text(x, top, text, size)
        return self

    def rule(self, top: float, x0: float, x1: float) -> Leaf:
        y = HEIGHT - top
        self.operators.append(f"0.5 w {x0} {y} m {x1} {y} l S")
        return self

    def dotted(self, top: float, x0: float, x1: float) -> Leaf:
        """A rule of squares, two thirds of a point wide, as many apart."""
        y, side = HEIGHT - top, 2 / 3
        squares = range(int((x1 - x0) / (2 * side)))
        self.operators += [f"{x0 + 2 * side * i} {y} {side} {side} re f" for i in squares]
        return self

    def fill(self, x0: float, top: float, x1: float, bottom: float, rgb: str = "0.8 0.9 1") -> Leaf:
        height = bottom - top
        self.operators.append(f"q {rgb} rg {x0} {HEIGHT - bottom} {x1 - x0} {height} re f Q")
        return self


def drawn(path: Path, *leaves: Leaf) -> Path:
    """Write the leaves as the pages of one PDF."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(leaves), b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(leaves)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for i, leaf in enumerate(leaves):
        crop = b""
        if leaf.visible is not None or leaf.seen_to < HEIGHT:
            x0, x1 = leaf.visible or (0, leaf.width)
            crop = b"/CropBox[%g %g %g %g]" % (x0, HEIGHT - leaf.seen_to, x1, HEIGHT)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]%s"
            b"/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (leaf.width, HEIGHT, crop, 5 + 2 * i)
        )
        content = "\n".join(leaf.operators).encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(bytes(out))
    return path
