"""Files as streams of bytes, unpacked where they are packed, within limits that a hostile file cannot pass."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from contradict.documents.encoding import SAMPLE
from contradict.documents.records import Unreadable

PACKED = {".gz": "gzip", ".xz": "xz", ".bz2": "bzip2", ".zst": "zstd"}
"""Endings of packed files and the name of the packing."""

CHUNK = 1 << 20
MAX_XZ_MEMORY = 1 << 29
"""Bytes of memory that unpacking xz may take; `xz -9` needs 65 MB."""

MAX_RATIO = 250
"""How many times its size a packed file may unpack to, once it is past `FREE_BYTES`. English news packs 4 to 6 times,
zeros a thousand times."""
FREE_BYTES = 1 << 26


class ByteStream(io.RawIOBase):
    """Chunks of bytes as a readable stream; wrap it in `io.BufferedReader` or `io.TextIOWrapper`."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # typeshed: Buffer has no len
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def sampled(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first `SAMPLE` bytes or more of a stream, and the whole stream from its beginning."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= SAMPLE:
            break
    return head, chain([head], chunks)


def read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def unpacked(path: Path) -> Iterator[bytes]:
    """The bytes of a file in chunks, unpacked by its last ending.

    Raises Unreadable for damaged data, after the chunks that could be read, and where it unpacks to beyond `MAX_RATIO`.
    """
    packing = PACKED.get(path.suffix.lower())
    opened = _OPENERS[packing](path) if packing else _plain(path)
    limit = max(FREE_BYTES, MAX_RATIO * path.stat().st_size)
    total = 0
    try:
        for chunk in opened:
            total += len(chunk)
            if packing and total > limit:
                raise Unreadable(
                    f"unpacks to more than {limit:,} bytes, over {MAX_RATIO} times its size: not read further"
                )
            yield chunk
    except (EOFError, lzma.LZMAError, zlib.error, _Damaged) as error:
        raise Unreadable(f"damaged or cut short: not whole {packing} data ({_brief(error)})") from error
    except OSError as error:
        if packing and error.errno is None:  # so bz2 and zstd report damage
            raise Unreadable(f"damaged or cut short: not whole {packing} data ({_brief(error)})") from error
        raise


class _Damaged(Exception):
    """Packed data that ends before its end mark."""


def _brief(error: Exception) -> str:
    return str(error).rstrip(".").splitlines()[0] if str(error) else type(error).__name__


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from read_chunks(file)


class _Decoder(Protocol):
    """What `lzma`, `bz2` and `_Gunzip` share."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gunzip:
    """zlib's decoder in the form of the other two; zlib hands back what it has not consumed, they keep it."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


def _decoded(path: Path, new: Callable[[], _Decoder]) -> Iterator[bytes]:
    """The streams of a packed file, one behind the other; what stands before damage is given before it raises.

    The modules' own `open` cannot do either: it loses up to a buffer before damage, and cannot bound the memory of xz,
    whose header may ask for 4 GB.
    """
    with path.open("rb") as file:
        decoder = new()
        for chunk in read_chunks(file):
            data = chunk
            while data or not (decoder.needs_input or decoder.eof):
                if decoder.eof:
                    data = data.lstrip(b"\x00")  # padding between streams
                    if not data:
                        break
                    decoder = new()
                out = decoder.decompress(data, max_length=CHUNK)
                data = decoder.unused_data if decoder.eof else b""
                if out:
                    yield out
        if not decoder.eof:
            raise _Damaged("it ends early")


def _gzip(path: Path) -> Iterator[bytes]:
    return _decoded(path, _Gunzip)


def _bzip2(path: Path) -> Iterator[bytes]:
    return _decoded(path, bz2.BZ2Decompressor)


def _xz(path: Path) -> Iterator[bytes]:
    return _decoded(path, lambda: lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY))


def _zstd(path: Path) -> Iterator[bytes]:
    import pyarrow

    with pyarrow.input_stream(str(path), compression="zstd") as file:
        while chunk := file.read(1 << 16):  # small, since what is read together with damage is lost
            yield chunk


_OPENERS = {"gzip": _gzip, "bzip2": _bzip2, "xz": _xz, "zstd": _zstd}
