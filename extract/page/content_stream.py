"""Runs a page's content stream: pdfminer's interpreter, with what it leaves out.

Input: a pdfminer page. Output: the page's `Painted` marks.
Grain: one page.
Raises: `DocumentRefused` where forms nest or multiply beyond reason; what pdfminer raises.

Added to pdfminer: clip rectangles, layers (optional content), transparency, spot inks, state that a
form inherits, the `F` operator. An operator that is unknown or lacks operands refuses the document:
a viewer may guess what a damaged stream meant, we may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect, mult_matrix

from errors import DocumentRefused
from extract.page.canvas import Painted, State
from extract.page.inks import spot_ink
from extract.page.marks import Box
from extract.page.operations import operations
from extract.page.painting import Painter
from extract.page.shapes import shape_of, subpaths

# A brochure page draws tens of forms, one or two deep.
FORMS_MAX = 5_000
FORM_DEPTH_MAX = 40


def painted_marks(
    page: PDFPage, fonts: PDFResourceManager, layers_off: frozenset[int]
) -> tuple[Painted, Callable[[float, float, float, float], Box]]:
    """Everything `page` paints, and what turns a box of the page's own space into an upright one.

    `layers_off`: object ids of the layers a viewer doesn't show.
    """
    painter = Painter(fonts)
    interpreter = Interpreter(fonts, painter, layers_off)
    interpreter.process_page(page)
    ctm = interpreter.page_ctm

    def upright(x0: float, y0: float, x1: float, y1: float) -> Box:
        return painter.box(*apply_matrix_rect(ctm, (x0, y0, x1, y1)))

    return painter.painted, upright


class Interpreter(PDFPageInterpreter):
    """Executes operators and hands what they paint to a `Painter`."""

    device: Painter
    graphicstate: State

    def __init__(
        self,
        fonts: PDFResourceManager,
        painter: Painter,
        layers_off: frozenset[int],
        depth: int = 0,
        inherited: tuple[Any, State] | None = None,
    ) -> None:
        super().__init__(fonts, painter)
        self._layers_off, self._depth, self._inherited = layers_off, depth, inherited
        self._marked: list[bool] = []  # open marked content: is it in a layer switched off?
        self._form_box: tuple[Any, Any] | None = None

    def dup(self) -> Interpreter:
        state = self.graphicstate.copy()
        state.veiled = not state.opaque
        if self._form_box is not None:
            bbox, matrix = self._form_box
            corners = apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox)
            state.clip_to(self.device.box(*corners))
        inherited = (self.textstate.copy(), state)
        return Interpreter(self.rsrcmgr, self.device, self._layers_off, self._depth + 1, inherited)

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.page_ctm = ctm
        self.graphicstate = State()
        if self._inherited is not None:
            self.textstate, self.graphicstate = self._inherited

    def init_resources(self, resources: dict[object, object]) -> None:
        super().init_resources(resources)
        if not resources or "ColorSpace" not in resources:
            return
        for name, spec in dict_value(resources["ColorSpace"]).items():
            spec = resolve1(spec)
            if isinstance(spec, list) and (ink := spot_ink(spec)):
                self.csmap[name] = ink

    def execute(self, streams: Sequence[object]) -> None:
        valid = []
        self.stream_ids.clear()
        for ref in streams:
            stream = stream_value(ref)
            if stream.objid in self.parent_stream_ids:
                raise DocumentRefused("a form draws itself")
            if stream.objid is not None:
                self.stream_ids.add(stream.objid)
            valid.append(stream)
        data = b"\n".join(self._unpacked(stream) for stream in valid)
        operators: dict[bytes, tuple[Callable[..., None], int]] = {}
        for name, operands in operations(data):
            try:
                function, count = operators[name]
            except KeyError:
                function, count = operators[name] = self._operator(name)
            if not count:
                self.argstack = operands  # scn and its like take as many as their colour space says
                function()
            elif len(operands) == count:
                function(*operands)
            elif len(operands) > count:
                function(*operands[-count:])
            else:
                raise DocumentRefused(
                    f"an operator has {len(operands)} operands instead of {count}",
                    text=name.decode("latin1"),
                )
        for off in self._marked:
            self.device.layers_off_depth -= off
        self._marked.clear()

    def _unpacked(self, stream: PDFStream) -> bytes:
        """The stream's data, kept for forms, which come again, but not for pages, which don't."""
        packed = stream.rawdata
        data = stream.get_data()
        if self._depth == 0 and packed is not None:
            stream.rawdata, stream.data = packed, None
        return data

    def _operator(self, keyword: bytes) -> tuple[Callable[..., None], int]:
        name = keyword.decode("latin1")
        spelled = name.replace("*", "_a").replace('"', "_w").replace("'", "_q")
        function = getattr(self, f"do_{spelled}", None)
        if function is None:
            raise DocumentRefused("a page has an operator that PDF doesn't know", text=name)
        return function, function.__code__.co_argcount - 1

    # Paths

    def do_re(self, x: Any, y: Any, w: Any, h: Any) -> None:
        self.curpath.append(("re", float(x), float(y), float(w), float(h)))

    def do_F(self) -> None:
        self.do_f()

    def do_W(self) -> None:
        if bounds := [shape_of(self.ctm, part).bound for part in subpaths(self.curpath)]:
            x0s, y0s, x1s, y1s = zip(*bounds, strict=True)
            box = self.device.box(min(x0s), min(y0s), max(x1s), max(y1s))
            self.graphicstate.clip_to(box)

    def do_W_a(self) -> None:
        self.do_W()

    # Text: pdfminer copies the graphics state at every string; the painter keeps no reference.

    def do_TJ(self, seq: Any) -> None:
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    # Transparency

    def do_gs(self, name: Any) -> None:
        states = dict_value(self.resources.get("ExtGState", {}))
        spec = dict_value(states.get(literal_name(name), {}))
        state = self.graphicstate
        if "ca" in spec:
            state.fill_alpha = float(resolve1(spec["ca"]))
        if "CA" in spec:
            state.stroke_alpha = float(resolve1(spec["CA"]))
        if "BM" in spec:
            mode = resolve1(spec["BM"])
            mode = resolve1(mode[0]) if isinstance(mode, list) and mode else mode
            state.blended = literal_name(mode) not in ("Normal", "Compatible")
        if "SMask" in spec:
            mask = resolve1(spec["SMask"])
            state.masked = not (isinstance(mask, PSLiteral) and mask.name == "None")

    # Layers

    def do_BMC(self, tag: Any) -> None:
        self._marked.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        off = False
        if self._layers_off and isinstance(tag, PSLiteral) and tag.name == "OC":
            listed = dict_value(self.resources.get("Properties", {}))
            off = self._is_off(listed.get(literal_name(props)))
        self._marked.append(off)
        self.device.layers_off_depth += off

    def do_EMC(self) -> None:
        if self._marked:
            self.device.layers_off_depth -= self._marked.pop()

    def _is_off(self, layer: Any) -> bool:
        """Whether a layer, or every layer a membership dictionary names, is switched off."""
        if isinstance(layer, PDFObjRef) and layer.objid in self._layers_off:
            return True
        spec = resolve1(layer)
        if not isinstance(spec, dict) or "OCGs" not in spec:
            return False
        members = spec["OCGs"]
        members = members if isinstance(members, list) else [members]
        ids = [member.objid for member in members if isinstance(member, PDFObjRef)]
        return bool(ids) and all(objid in self._layers_off for objid in ids)

    # Forms and images

    def do_Do(self, name: Any) -> None:
        stream = self.xobjmap.get(literal_name(name))
        if stream is None:
            return
        form = stream_value(stream)
        self.device.state = self.graphicstate
        self.device.forms += 1
        if self.device.forms > FORMS_MAX or self._depth > FORM_DEPTH_MAX:
            raise DocumentRefused("a page draws forms within forms without end")
        off = bool(self._layers_off) and self._is_off(form.get("OC"))
        self.device.layers_off_depth += off
        self._form_box = None
        if "BBox" in form:
            self._form_box = (
                [float(resolve1(v)) for v in list_value(form["BBox"])],
                [float(resolve1(v)) for v in list_value(form.get("Matrix", MATRIX_IDENTITY))],
            )
        super().do_Do(name)
        self.device.layers_off_depth -= off
        self.device.set_ctm(self.ctm)

    def do_EI(self, obj: Any) -> None:
        self.device.state = self.graphicstate
        if isinstance(obj, PDFStream) and "W" in obj and "H" in obj:
            self.device.render_image("inline", obj)
