"""A content stream as operations: each operator with its operands.

Input: the bytes of a content stream. Output: `(operator, operands)` pairs in order, operands as
pdfminer's parser gives them (int, float, bool, bytes, PSLiteral, list, dict, PDFStream).
Grain: one operation.
Raises: `DocumentRefused` for bytes that are no PDF syntax.

pdfminer's own parser takes two thirds of the time of reading a page; one regular expression does
the same work in a fifth of it. tests/unit/test_operations.py holds both against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSLiteral

from errors import DocumentRefused

DEPTH_MAX = 60
OPERANDS_MAX = 10_000  # a long TJ array is one operand

_TOKEN = re.compile(
    rb"""[\x00\t\n\f\r ]*
    (?:
      ( [+-]?\d+ (?=[\x00\t\n\f\r ()<>\[\]/%]|$) )                        # 1 integer
    | ( [+-]?(?:\d+\.\d*|\.\d+) (?=[\x00\t\n\f\r ()<>\[\]/%]|$) )         # 2 real
    | \( ( [^()\\\r]* ) \)                                                # 3 plain string
    | ( [^\x00\t\n\f\r ()<>\[\]{}/%]+ )                                   # 4 operator
    | / ( [^\x00\t\n\f\r ()<>\[\]{}/%]* )                                 # 5 name
    | ( \[ | \] | << | >> )                                               # 6 bracket
    | < ( [0-9A-Fa-f\x00\t\n\f\r ]* ) >                                   # 7 hex string
    | ( \( )                                                              # 8 other string
    | ( % [^\r\n]* )                                                      # 9 comment
    )""",
    re.VERBOSE,
)
_STRING_STOP = re.compile(rb"[()\\\r]")
_ESCAPED = {
    0x6E: b"\n", 0x72: b"\r", 0x74: b"\t", 0x62: b"\b", 0x66: b"\f",
    0x28: b"(", 0x29: b")", 0x5C: b"\\", 0x0A: b"", 0x0D: b"",
}  # fmt: skip
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r /]|$)")
_CONSTANTS = {b"true": True, b"false": False, b"null": None}


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """The stream's operations. An inline image comes as `EI` with one PDFStream."""
    operands: list[Any] = []
    open_brackets: list[tuple[bytes, list[Any]]] = []  # (bracket, what it stands in)
    names: dict[bytes, PSLiteral] = {}
    position, match = 0, _TOKEN.match
    while found := match(data, position):
        position = found.end()
        kind = found.lastindex
        if kind == 1:
            operands.append(int(found[1]))
        elif kind == 2:
            operands.append(float(found[2]))
        elif kind == 3:
            operands.append(found[3])
        elif kind == 4:
            word = found[4]
            if word in _CONSTANTS:
                operands.append(_CONSTANTS[word])
            elif open_brackets:
                raise DocumentRefused("an operator stands in an array", text=_shown(word))
            elif word == b"ID":
                image, position = _inline_image(operands, data, position)
                yield b"EI", [image]
                operands = []
            else:
                yield word, operands
                operands = []
        elif kind == 5:
            name = names.get(found[5])
            if name is None:
                name = names[found[5]] = _name(found[5])
            operands.append(name)
        elif kind == 6:
            operands = _bracketed(found[6], operands, open_brackets)
        elif kind == 7:
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", found[7])
            operands.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == 8:
            string, position = _string(data, position)
            operands.append(string)
        if len(operands) > OPERANDS_MAX and not open_brackets:
            raise DocumentRefused(f"an operator has more than {OPERANDS_MAX:,} operands")
    rest = data[position:].strip(b"\x00\t\n\f\r ")
    if rest or open_brackets:
        raise DocumentRefused("a content stream breaks off", text=_shown(rest))


def _bracketed(
    bracket: bytes, operands: list[Any], open_brackets: list[tuple[bytes, list[Any]]]
) -> list[Any]:
    """The operands to go on with after a bracket opened or closed."""
    if bracket in (b"[", b"<<"):
        if len(open_brackets) >= DEPTH_MAX:
            raise DocumentRefused("arrays or dictionaries are nested without end")
        open_brackets.append((bracket, operands))
        return []
    opening, outer = open_brackets.pop() if open_brackets else (b"", [])
    if opening == b"[" and bracket == b"]":
        outer.append(operands)
    elif opening == b"<<" and bracket == b">>":
        outer.append(_dictionary(operands))
    else:
        raise DocumentRefused("a bracket closes what was not opened", text=_shown(bracket))
    return outer


def _dictionary(items: list[Any]) -> dict[str, Any]:
    keys, values = items[::2], items[1::2]
    if len(keys) != len(values) or not all(isinstance(key, PSLiteral) for key in keys):
        raise DocumentRefused("a dictionary has keys without values")
    return {str(key.name): value for key, value in zip(keys, values, strict=True)}


def _name(raw: bytes) -> PSLiteral:
    spelled = re.sub(rb"#([0-9A-Fa-f]{2})", lambda hex_: bytes.fromhex(hex_[1].decode()), raw)
    try:
        return LIT(spelled.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(spelled)  # as pdfminer names it


def _string(data: bytes, position: int) -> tuple[bytes, int]:
    """A literal string with escapes, line ends or parentheses; starts behind its '('."""
    parts, depth = [], 1
    while stop := _STRING_STOP.search(data, position):
        parts.append(data[position : stop.start()])
        position = stop.end()
        mark = stop[0]
        if mark == b"(":
            depth += 1
        elif mark == b")":
            depth -= 1
            if depth == 0:
                return b"".join(parts), position
        elif mark == b"\r":
            position += data[position : position + 1] == b"\n"
            mark = b"\n"
        else:
            mark, position = _escape(data, position)
        parts.append(mark)
    raise DocumentRefused("a string has no end")


def _escape(data: bytes, position: int) -> tuple[bytes, int]:
    """What a backslash stands for, with what follows it at `position`."""
    octal = re.compile(rb"[0-7]{1,3}").match(data, position)
    if octal:
        return bytes([int(octal[0], 8) & 255]), octal.end()
    if position >= len(data):
        return b"", position
    char = data[position]
    if char == 0x0D and data[position + 1 : position + 2] == b"\n":
        return b"", position + 2
    return _ESCAPED.get(char, bytes([char])), position + 1


def _inline_image(operands: list[Any], data: bytes, position: int) -> tuple[PDFStream, int]:
    """The image between ID and EI, and the place behind it."""
    end = _IMAGE_END.search(data, position)
    if end is None:
        raise DocumentRefused("an inline image has no end")
    return PDFStream(_dictionary(operands), data[position + 1 : end.start()]), end.end()


def _shown(raw: bytes) -> str:
    return raw[:40].decode("latin1")
