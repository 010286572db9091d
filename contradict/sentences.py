"""Documents to sentences, with exact offsets: rules of our own in one pass, so nothing of a text is lost.

A text is cut at its left-out spans, then into paragraphs, then at full stops. Only a bounded stretch around each stop
is looked at, so time grows with the length of the text alone, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contradict.abbreviations import (
    ACRONYM,
    AFTER_CLOCK,
    BEFORE_NUMBER,
    DOMAINS,
    EXCLAIMED,
    NEVER,
    NUMBERED,
    STARTERS,
    TITLES,
    WEAK,
)
from contradict.paragraphs import QUOTES, Span, paragraphs, trimmed, wrap_width
from contradict.types import Document, LeftOut, Sentence

__all__ = ["MAX_LENGTH", "read_sentences", "split_text"]

MAX_LENGTH = 2_000  # characters; in 12,000 news articles (564,000 sentences) prose reaches 1,100 and lists 1,950
_MAX_WORD = 24  # characters before a full stop that are looked at; no abbreviation is longer
_MAX_BRACKET = 300  # characters within which a bracket must close for the stops inside it not to count


_EVENT = re.compile(r"[.!?…‼⁇⁈⁉؟۔](?:[ \xa0]?[.!?…‼⁇⁈⁉؟۔](?!\w))*+|[。！？｡।॥]++|[\"()\[\]]|(?<=\s)[•●▪■◦‣⁃∙⦁](?=\s)")
_SPACED_CLOSER = re.compile(r"[ \t\xa0]{1,2}(''|[\"”’»)\]'])(?=\s|$)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_SKIP = re.compile(r"[\s\"“”„‟‘’‚'`´«»‹›(\[{*_\\–—-]{0,12}")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W\d_]{1,24}")
_LOWER_START = re.compile(r"[^\W\d_]{1,3}['’-]?[A-Z]|(?:https?://|www\.)")  # iPhone, al-Shabab, a link
_ALNUM = re.compile(r"[^\W_]")
_PLACE_OF_CLOCK = re.compile(r"[A-Z][\w ]{1,24}(?:time\b|, \d)")  # "5 p.m. Havana time", "5 p.m. Oslo, 11 a.m. here"
_ROMAN = re.compile(r"[IVX]{1,4}")
_GLUED_START = re.compile(r"[A-Z][a-z]+(?=[\s,'’])|[AI](?=\s)")
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.'’-]{0,24}\s{1,2}){1,4}(?:said|says|say|asked|asks|added|adds|told|tells|wrote|writes|wondered|replied|"
    r"answered|shouted|cried|yelled|screamed|tweeted|demanded|exclaimed|joked|quipped|recalled|declared)\b"
)
_CUTS = (
    re.compile(r"[\r\n]+"),
    re.compile(r"[;:•|]\s+"),
    re.compile(r",\s+"),
    re.compile(r"(?<!\d)\s+|\s+(?!\d)"),
    re.compile(r"\W"),
)

_CLOSERS = frozenset("”’'»)]}\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_OPENERS = "\"“”„‘’‚'`«»([{*_\\–—•-"
_FULL_WIDTH = frozenset("。！？｡।॥")
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


def read_sentences(document: Document) -> list[Sentence]:
    """The sentences of the article itself, in order; what the reader has left out of it is in none of them."""
    spans = split_text(document.text, left_out=document.left_out)
    return [Sentence(document, index, start, end) for index, (start, end) in enumerate(spans)]


def split_text(text: str, *, left_out: Sequence[LeftOut] = ()) -> list[tuple[int, int]]:
    """Offsets of the sentences, in order, none overlapping, each without white space around it and within `MAX_LENGTH`.

    Every character that is not white space and not left out lies in exactly one of them. A left-out span is a boundary.
    """
    width = wrap_width(text)
    return [
        span
        for start, end in _kept(len(text), left_out)
        for first, last in paragraphs(text, start, end, width)
        for sentence in _Paragraph(text, first, last).sentences()
        for span in _bounded(text, *sentence)
    ]


def _kept(length: int, left_out: Sequence[LeftOut]) -> Iterator[Span]:
    position = 0
    for start, end in sorted((max(span.start, 0), min(span.end, length)) for span in left_out):
        if start >= end:
            continue
        if position < start:
            yield position, start
        position = max(position, end)
    if position < length:
        yield position, length


# Sentences of a paragraph


class _Paragraph:
    """The scan of one paragraph: where the current sentence began, and whether a quote or a bracket is open."""

    __slots__ = ("bracket", "depth", "end", "first", "quoted", "seen", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.first = start
        self.quoted = False
        self.depth = 0
        self.bracket = start
        self.seen, self.words = start, False

    def sentences(self) -> Iterator[Span]:
        """Sentences of any length; a rest without letters or digits goes to the sentence before it."""
        held: Span | None = None
        for end in self._ends():
            start, stop = trimmed(self.text, self.first, end)
            self.first = end
            if start == stop:
                continue
            if held and not any(map(str.isalnum, self.text[start : min(stop, start + MAX_LENGTH)])):
                held = held[0], stop
                continue
            if held:
                yield held
            held = start, stop
        if held:
            yield held

    def _ends(self) -> Iterator[int]:
        """Where sentences end; `first` is moved by the caller before the scan goes on."""
        text, position = self.text, self.start
        while match := _EVENT.search(text, position, self.end):
            at, position = match.span()
            char = text[at]
            if char == '"':
                self.quoted = self._opens(at)
            elif char in _BRACKETS:
                self._bracket(at)
            elif char in "•●▪■◦‣⁃∙⦁":
                if at > self.first:
                    yield self._begin(at)
            else:
                tail = self._tail(position)
                if tail < self.end and self._is_end(at, position, tail):
                    yield self._begin(tail)
                position = tail
        yield self.end

    def _begin(self, position: int) -> int:
        self.depth = 0
        self.seen, self.words = position, False
        return position

    def _opens(self, at: int) -> bool:
        """Whether a straight quotation mark opens: white space on one side tells, else the marks alternate."""
        before = at == self.start or self.text[at - 1].isspace() or self.text[at - 1] in "([-–—/‘'“"
        after = at + 1 >= self.end or self.text[at + 1].isspace() or self.text[at + 1] in ".,;:!?)]…-–—"
        return before if before != after else not self.quoted

    def _bracket(self, at: int) -> None:
        step = _BRACKETS[self.text[at]]
        if step > 0 and self.depth == 0:
            self.bracket = at
        self.depth = max(0, self.depth + step)

    def _tail(self, position: int) -> int:
        """The end of what belongs to a full stop: closing quotes and brackets, also after a space, and note marks."""
        text, end = self.text, self.end
        while position < end:
            char = text[position]
            if char == '"' and not self.quoted and text[position + 1 : position + 2].isalnum():
                break
            if char in _CLOSERS or char == '"' or (char == "“" and text[position + 1 : position + 2].isspace()):
                self._close(char)
                position += 1
            elif char == "[" and (note := _FOOTNOTE.match(text, position, end)):
                position = note.end()
            elif char in " \t\xa0" and (closer := _SPACED_CLOSER.match(text, position, end)):
                if closer[1] == '"' and not self.quoted and closer.end() < end:
                    break
                self._close(closer[1])
                position = closer.end()
            else:
                break
        return position

    def _close(self, closer: str) -> None:
        if closer == '"':
            self.quoted = False
        elif closer in ")]":
            self.depth = max(0, self.depth - 1)

    def _is_end(self, at: int, stop: int, tail: int) -> bool:
        """Whether the stop at `at:stop`, with its closing marks up to `tail`, ends the sentence."""
        text = self.text
        if text[at] in _FULL_WIDTH:
            return True
        if not self._worded(at) or self._within_bracket(tail):
            return False
        if not text[tail].isspace():
            return self._glued(at, stop, tail)
        following = _following(text, tail, self.end)
        if not _can_start(text, following, self.end):
            return False
        quote = any(char in QUOTES for char in text[stop:tail])
        if text[at:stop] == ".":
            spaced = at > self.start and text[at - 1].isspace()
            return spaced or quote or self._full_stop(at, following)
        if "!" in text[at:stop] or "?" in text[at:stop]:
            if _opens_sentence(text, following, self.end):
                return True
            attributed = quote and _ATTRIBUTION.match(text, following, self.end)
            return not attributed and self._word_before(at) not in EXCLAIMED
        paused = (
            text[following].isdigit() or _word_at(text, following, self.end) == "I"
        )  # "we ... I mean", "15 ... 2014"
        return not paused

    def _worded(self, at: int) -> bool:
        """Whether the sentence holds a letter or digit before the stop; each stretch is looked at once."""
        self.words = self.words or _ALNUM.search(self.text, self.seen, at) is not None
        self.seen = at
        return self.words

    def _within_bracket(self, position: int) -> bool:
        """Whether a bracket opened inside the sentence is still to close; one that opens it holds whole sentences."""
        if not self.depth or not self.text[self.first : self.bracket].strip(_OPENERS + " \n"):
            return False
        limit = min(self.end, position + _MAX_BRACKET)
        return self.text.find(")", position, limit) >= 0 or self.text.find("]", position, limit) >= 0

    def _full_stop(self, at: int, following: int) -> bool:
        """Whether a single full stop is more than the mark of an abbreviation, an initial or a list number."""
        text, end = self.text, self.end
        word = self._word_before(at)
        digit = text[following].isdigit()
        begins = at - self.first <= _MAX_WORD and text[self.first : at].lstrip(_OPENERS + " \n") == word
        if begins and _is_list_mark(word):
            return False
        if "." in word and ACRONYM.fullmatch(word):
            if word.lower() in ("e.g", "i.e"):
                return False
            if word.lower() in ("a.m", "p.m"):
                named = _PLACE_OF_CLOCK.match(text, following, end) or _word_at(text, following, end) in AFTER_CLOCK
                return not (named or digit or text[following] == "(")
            return _opens_sentence(text, following, end)
        key = word.lower()
        if key in NEVER or (key in TITLES and word[0].isupper() and key not in WEAK):
            return word.isupper() and not _word_at(text, following, end).isupper()  # "5 p.m. MT. Then"
        if key in BEFORE_NUMBER:
            return not digit and text[following] != "#"
        if key in WEAK and word[0].isupper():
            return _opens_sentence(text, following, end)
        if len(word) == 1 and word.isalpha():
            return self._after_letter(at, word, following, digit=digit)
        return True

    def _after_letter(self, at: int, letter: str, following: int, *, digit: bool) -> bool:
        """Whether the stop after a single letter ends the sentence ("vitamin C. Doctors") or marks an initial."""
        if letter.islower():
            return not digit and letter != "v"
        earlier = self.text[max(self.start, at - _MAX_WORD) : at].split()[:-1]
        return (bool(earlier) and earlier[-1].lower() in NUMBERED) or _opens_sentence(self.text, following, self.end)

    def _glued(self, at: int, stop: int, tail: int) -> bool:
        """Whether a stop without white space after it ends the sentence: the space may be lost where paragraphs met."""
        text = self.text
        word = self._word_before(at)
        if any(mark in word for mark in "./@=_:") or (text[at:stop] == "." and not word[-3:].islower()):
            return False
        opened = text[tail] in '"“‘('
        if tail > stop or opened:
            return len(word) > 2 and text[tail + opened : tail + opened + 1].isupper()
        begin = _GLUED_START.match(text, tail, self.end)
        return begin is not None and len(word) > 2 and begin[0].lower() not in DOMAINS

    def _word_before(self, at: int) -> str:
        """The word that ends at a stop, without opening marks and what a hyphen or slash joins to it."""
        word = self.text[max(self.first, at - _MAX_WORD) : at]
        parts = word.split()
        word = parts[-1] if parts and not word[-1:].isspace() else ""
        return re.split(r"[-–—/]", word.lstrip(_OPENERS))[-1].lstrip(_OPENERS)


def _is_list_mark(word: str) -> bool:
    return (word.isdigit() and len(word) <= 3) or (len(word) == 1 and word.isalpha()) or bool(_ROMAN.fullmatch(word))


def _following(text: str, position: int, end: int) -> int:
    match = _SPACE.match(text, position, end)
    return match.end() if match else position


def _can_start(text: str, position: int, end: int) -> bool:
    """Whether a sentence can begin here: a capital, a digit, a letter of a script without case, a name like iPhone."""
    match = _SKIP.match(text, position, end)
    position = match.end() if match else position
    if position >= end:
        return True
    char = text[position]
    if char.islower():
        return _LOWER_START.match(text, position, end) is not None
    return char.isalnum() or char in "$£€¥₹#@&<>|~©" or ord(char) > 0x2100


def _word_at(text: str, position: int, end: int) -> str:
    skipped = _SKIP.match(text, position, end)
    match = _WORD.match(text, skipped.end() if skipped else position, end)
    return match[0] if match else ""


def _opens_sentence(text: str, position: int, end: int) -> bool:
    if text[position] in "-–—":  # a dateline: "BOSTON, Mass. - In the"
        return False
    word = _word_at(text, position, end)
    return word in STARTERS and not (word == "No" and text[position + 2 : position + 3] == ".")


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """The span itself, or its parts of at most `MAX_LENGTH`, each cut at the best place in its second half."""
    while end - start > MAX_LENGTH:
        cut = _best_cut(text, start + MAX_LENGTH // 2, start + MAX_LENGTH)
        first, last = trimmed(text, start, cut)
        if first < last:
            yield first, last
        start = trimmed(text, cut, end)[0]
    if start < end:
        yield start, end


def _best_cut(text: str, low: int, high: int) -> int:
    """The last place between the two where a line, a clause, a list item or a word ends; `high` where none does."""
    for mark in _CUTS:
        cut = max((match.end() for match in mark.finditer(text, low, high)), default=0)
        if cut:
            return cut
    return high
