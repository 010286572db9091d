"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, legacy encodings; what is not text is refused."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from contradict.documents.language import is_english
from contradict.documents.records import Unreadable

SAMPLE = 1 << 18
"""Bytes that the encoding is told from."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (also .docx, .xlsx, .epub)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PAR1", "a parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"OggS", "Ogg media"),
    (b"ID3", "MP3 audio"),
)
_TEXTUAL_MAGIC = frozenset({b"RIFF", b"BZh", b"PAR1", b"OggS", b"ID3"})
"""Marks of letters only, with which a text might begin: they count where the bytes behind them are no text."""

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1a\x1b"))
MAX_CONTROLS = 0.01
"""Share of control characters above which bytes are no text."""

_TYPOGRAPHIC = "“”‘’–—…£€•"
"""What English has beyond ASCII more often than accents; the right code page shows more of it than the wrong ones."""

MAX_REPLACED = 0.001
"""Share of bytes that may fail to decode in a text that is otherwise UTF-8."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was in, and how many places could not be decoded (U+FFFD stands there)."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes) -> Decoded:
    """The text of `data`. Raises Unreadable for binary data and for an encoding that cannot be told."""
    encoding = encoding_of(data[:SAMPLE], whole=len(data) <= SAMPLE)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text, start = data.decode(encoding, "replace"), error.start
    replaced = text.count("�")
    if replaced <= MAX_REPLACED * len(data) and replaced < _high(data) / 4:
        return Decoded(text, encoding, replaced)
    if encoding == "utf-8":
        later = _legacy(data[start : start + SAMPLE])
        if _decodes(data, later):
            return Decoded(data.decode(later), later)
    raise Unreadable(f"wrong encoding: read as {encoding}, {replaced:,} places cannot be decoded; save it as UTF-8")


def encoding_of(sample: bytes, *, whole: bool) -> str:
    """The name of the encoding of a text that begins with `sample`; `whole` says that nothing comes after it."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    wide = _wide(sample)
    if wide:
        return wide
    kind = binary_kind(sample)
    if kind:
        raise Unreadable(f"binary: {kind}")
    failed = _utf8_failures(sample, whole=whole)
    if failed <= MAX_REPLACED * len(sample) and failed < _high(sample) / 4:
        return "utf-8"
    return _legacy(sample) if failed else "utf-8"


def binary_kind(sample: bytes) -> str:
    """What kind of binary data this is; empty where it is text."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    binary = controls > MAX_CONTROLS * len(sample)
    for mark, kind in _MAGIC:
        if sample.startswith(mark) and (binary or mark not in _TEXTUAL_MAGIC):
            return kind
    return "not text" if binary else ""


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of mostly western text is zero."""
    head = sample[:4096]
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.6 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.02 * pairs:
        return "utf-16-be"
    return ""


def _high(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))


def _utf8_failures(sample: bytes, *, whole: bool) -> int:
    """How many places are not UTF-8; a character cut by the end of the sample is none."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        kept = sample.decode("utf-8", "ignore").encode("utf-8")
        return len(sample) - len(kept)
    return 0


def _legacy(sample: bytes) -> str:
    """The legacy encoding of a sample. charset-normalizer cannot tell the western code pages from the others by the few
    quotes and pounds of an English text ("£" or "Ł"); there the language and the signs decide."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    guess = best.encoding if best is not None else ""
    if is_english(sample.decode("ascii", "ignore")):
        western = [name for name in ("cp1252", "mac_roman", "latin-1") if _decodes(sample, name)]
        guess = max(western, key=lambda name: sum(map(sample.decode(name).count, _TYPOGRAPHIC)))
    if not guess or _unlikely(sample.decode(guess, "replace")):
        raise Unreadable("wrong encoding: neither UTF-8 nor an encoding that can be told; save it as UTF-8")
    return guess


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unlikely(text: str) -> bool:
    """Whether a decoded text is noise: control characters of the upper page, private use, or hardly a letter."""
    odd = sum("\x7f" <= character <= "\x9f" or "\ue000" <= character <= "\uf8ff" for character in text)
    return odd > MAX_CONTROLS * len(text)
