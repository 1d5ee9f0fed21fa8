"""What a page is painted on: its marks so far, its coordinates, what decides if a mark is seen.

Input: a pdfminer page. Output: `Painted`, raw `Char`s, `Rule`s, `Fill`s, `Image`s
(`extract.page.marks`), top left origin. Grain: one page.
Raises: `DocumentRefused` for absurd counts.
"""

from __future__ import annotations

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix

from errors import DocumentRefused
from extract.page.lettering import Face
from extract.page.marks import Box, Char, Fill, Image, Rule

ALPHA_SEEN = 0.05
ALPHA_OPAQUE = 0.95
# Far above a brochure page (10,000 marks) or a table of 10,000 cells.
MARKS_MAX = 250_000


class Painted:
    """The raw marks of one page, in painting order. `dots` are too small to be rules or fills."""

    def __init__(self) -> None:
        self.chars: list[Char] = []
        self.rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.images: list[Image] = []
        self.dots: list[Fill] = []


class State(PDFGraphicState):
    """pdfminer's graphics state plus what decides whether a mark is seen."""

    clip: Box | None = None
    fill_alpha = 1.0
    stroke_alpha = 1.0
    blended = False  # mixes with what was painted before
    masked = False  # by a soft mask
    veiled = False  # in a form that is as a whole transparent, blended or masked

    @property
    def opaque(self) -> bool:
        """Whether a fill lets nothing through of what was painted before."""
        mixed = self.blended or self.masked or self.veiled
        return self.fill_alpha > ALPHA_OPAQUE and not mixed

    def clip_to(self, box: Box) -> None:
        """Paint within `box` alone, and within what painting was clipped to before."""
        self.clip = box if self.clip is None else self.clip.overlap(box)

    def copy(self) -> State:
        twin = State.__new__(State)
        twin.__dict__.update(self.__dict__)
        return twin


class Canvas(PDFTextDevice):
    """One page under painting."""

    ctm: Matrix

    def __init__(self, fonts: PDFResourceManager) -> None:
        super().__init__(fonts)
        self.painted = Painted()
        self.order = 0
        self.forms = 0
        self.layers_off_depth = 0
        self.state = State()  # of the interpreter, when it draws an image
        self.faces: dict[PDFFont, Face] = {}
        self.left = self.height = 0.0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x0, y0, x1, y1 = page.mediabox
        if page.rotate in (90, 270):
            x0, y0, x1, y1 = y0, x0, y1, x1
        # pdfminer shifts the page to (0, 0); pdfplumber shifts it back to the MediaBox's corner.
        self.left, self.height = x0, (y1 - y0) + ((y1 - y0) - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Box between two corners in pdfminer's coordinates (lower left origin)."""
        left, height = self.left, self.height
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        return Box(x0 + left, height - y1, x1 + left, height - y0)

    def next_order(self) -> int:
        """The place of the next mark in the painting order."""
        self.order += 1
        if self.order > MARKS_MAX:
            raise DocumentRefused(f"a page paints more than {MARKS_MAX:,} marks")
        return self.order

    def hidden(self, box: Box, state: State, alpha: float) -> str:
        """Why a mark is not seen whatever is painted later; '' where it may be."""
        if self.layers_off_depth:
            return "in a layer that is switched off"
        if alpha < ALPHA_SEEN:
            return "transparent"
        clip = state.clip
        if clip is not None and not clip.holds((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2):
            return "clipped away"
        return ""
