"""What a file is by its bytes: a PDF, or in a few words something else.

Input: the content of a file. Output: whether it is a PDF; what it looks like. Grain: one file.
Raises: nothing. A name or a server's word for the type is no part of it.
"""

from __future__ import annotations

PDF_WITHIN = 1024  # bytes: viewers take a PDF whose header stands no further in
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<!--")
_OFFICE = {  # the folder inside the zip
    b"word/": "a Word document",
    b"xl/": "an Excel workbook",
    b"ppt/": "a PowerPoint presentation",
}
_SIGNATURES = {
    b"\x89PNG\r\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF document",
}
_TODO = {
    "a zip archive": "Unpack it and give the PDF or page inside",
    "a gzip archive": "Unpack it and give the PDF or page inside",
    "a RAR archive": "Unpack it and give the PDF or page inside",
    "a 7z archive": "Unpack it and give the PDF or page inside",
}


def is_pdf(content: bytes) -> bool:
    """Whether these are a PDF's bytes; its first `PDF_WITHIN` suffice."""
    return b"%PDF-" in content[:PDF_WITHIN]


def is_markup(content: bytes) -> bool:
    """Whether these begin as an HTML page does."""
    return content[:PDF_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS)


def file_look(content: bytes) -> str:
    """What the bytes look like, for a message: 'a zip archive', 'a PNG picture', 'plain text'."""
    if not content.strip():
        return "an empty file"
    if is_pdf(content):
        return "a PDF"
    if packed := packed_look(content):
        return packed
    if is_markup(content):
        return "an HTML page"
    return "plain text" if _is_text(content) else "binary data of no kind we know"


def packed_look(content: bytes) -> str | None:
    """The kind of picture, archive or office file that the first bytes tell; None for others."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((look for part, look in _OFFICE.items() if part in content), "a zip archive")
    return next((look for start, look in _SIGNATURES.items() if content.startswith(start)), None)


def look_todo(look: str) -> str:
    """What to do with a file of that look where a document should be."""
    return _TODO.get(look, "Give the PDF or page that HKUST published")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
