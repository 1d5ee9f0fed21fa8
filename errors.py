"""The exceptions of this project, split by who must act on them.

Every layer may raise these, so they live beside the layers, not in one of them.
An error names the document, the page, the offending text and what to do, in one line.
"""

from __future__ import annotations

import re
from functools import partial

MOST_SHOWN = 160  # characters of an offending text


class AdmissionsError(Exception):
    """Root of every error this project raises on purpose.

    Parameters
    ----------
    what : what is wrong, without a full stop.
    document : file name or URL as the user knows it.
    page : page in that document, from 1.
    text : the offending text as printed.
    todo : what the reader of the message should do.
    """

    def __init__(
        self,
        what: str,
        *,
        document: str | None = None,
        page: int | None = None,
        text: str | None = None,
        todo: str | None = None,
    ) -> None:
        self.what, self.document, self.page, self.text, self.todo = what, document, page, text, todo
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.document, f"page {self.page}" if self.page else None) if part
        )
        line = f"{place}: {self.what}" if place else self.what
        if self.text is not None:
            line += f": {_one_line(self.text)!r}"
        if self.todo:
            line += f". {self.todo}"
        return line

    def at(self, *, document: str | None = None, page: int | None = None) -> AdmissionsError:
        """The same error with the place filled in where it was not known when raised."""
        self.document = self.document or document
        self.page = self.page or page
        self.args = (str(self),)
        return self

    def __reduce__(self) -> tuple[object, ...]:
        told = partial(type(self), self.what, text=self.text, todo=self.todo)
        return partial(told, document=self.document, page=self.page), ()


def _one_line(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


class SourceUnavailable(AdmissionsError):
    """A document or page could not be had just now: a retry can help."""


class DocumentRefused(AdmissionsError):
    """A document is broken, hostile, without text, or none we know: get the right file."""


class LayoutChanged(AdmissionsError):
    """A header or a heading is unknown or missing: extend the vocabulary."""


class UnknownValue(AdmissionsError):
    """A cell holds a value outside its domain: look at the page, add a lookup."""


class ReconciliationFailed(AdmissionsError):
    """Two printed facts, or a printed and a computed one, disagree: look at the page."""


class ReleaseBlocked(AdmissionsError):
    """Nothing was released; the last release is still current."""


def unwritable(what: str, folder: object, reason: object) -> ReleaseBlocked:
    """What is said where the disk refuses: `what` of the data folder, where, and why."""
    return ReleaseBlocked(
        f"nothing was released: {what} cannot be written ({reason})",
        document=str(folder),
        todo="Free disk space or give a folder that can be written with --data",
    )


class WrongUsage(AdmissionsError):
    """The command was called in a way that it does not know: exit 2 instead of 1."""
