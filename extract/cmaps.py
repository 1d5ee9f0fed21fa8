"""What a font's ToUnicode map says, where its header is written in PostScript's long form.

Input: the map's stream. Output: entries in pdfminer's map of characters.
Grain: one map. Raises: what pdfminer raises.

Adobe's own example, and Typst after it, open the header's dictionary with `3 dict dup begin` and
close it with `end def`. pdfminer takes the words before every `def` for a name and its value.
"""

from __future__ import annotations

from pdfminer.cmapdb import CMapParser
from pdfminer.psparser import PSKeyword, PSLiteral


class HeaderedCMapParser(CMapParser):
    """pdfminer's parser; a `def` that closes a dictionary defines nothing here."""

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        if token is not self.KEYWORD_DEF:
            super().do_keyword(pos, token)
            return
        before = [value for _, value in self.popall()]
        if len(before) > 1 and isinstance(before[-2], PSLiteral):
            self.cmap.set_attr(str(before[-2].name), before[-1])
