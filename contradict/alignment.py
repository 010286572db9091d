"""How two sentences line up: what of the one stands in the other, and what stands in its place where it does not.

Two accounts of one event share most of what they say. A faithful account drops, adds and rewords; one that conflicts
has another name, place, day or number where the rest agrees. So what both sides name is paired off first, and what is
then left over of one kind on *both* sides are rivals: they clash the more, the more of the words around them agree. The
method is that of the alignment of predicates and arguments in natural-logic entailment (MacCartney, Grenager and de
Marneffe 2006), cut down to what can be read off a sentence without a parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contradict.denials import denials_in
from contradict.figures.tokens import Token, tokenise
from contradict.lexicon import EVENT_OF, FUNCTION_WORDS, stem
from contradict.mentions import Mention, MentionKind, read_mentions, rival, same
from contradict.opposites import OPPOSITES
from contradict.places import normal_name
from contradict.types import Claim, TimeSpan

NEAR_WORDS = 5  # content words on each side of a mention that say what its place in the sentence is
ROOT = 5  # letters in which two forms of one word agree: "criticism", "criticised"
AROUND = 300  # characters of the article before and after a sentence, where a name may stand that it only refers to
DENIED_WORDS = 6  # content words after a denial that it may bear on

_CLAUSE_ENDS = frozenset(";:,—–")
_NAMING = frozenset((MentionKind.PERSON, MentionKind.NAME, MentionKind.PLACE))


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two mentions of one kind that the other sentence lacks; `shared` counts the words around both that agree."""

    a: Mention
    b: Mention
    shared: int

    @property
    def kind(self) -> MentionKind:
        return self.a.kind

    @property
    def placed(self) -> bool:
        """Whether the words around them put both in one place; a year may be of anything that is told besides."""
        return self.shared >= (2 if self.kind is MentionKind.YEAR else 1)


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two sentences share and where they part.

    `covered` are the shares of the content words of each side that the other has, names and numbers left out, and
    `shared` how many words that are; `matched` the kinds of the mentions that both have; `rivals` those that stand in
    each other's place, the best placed first; `denied` how many content words are under a denial on one side alone;
    `opposed` for each word whose opposite the other side has, how many of the words around both agree.
    """

    covered: tuple[float, float]
    shared: int
    matched: tuple[MentionKind, ...]
    rivals: tuple[Rivals, ...]
    denied: int
    opposed: tuple[int, ...]

    @property
    def telling(self) -> tuple[Rivals, ...]:
        """The rivals that words around them tie to one place in both sentences; what is named but neither a person
        nor a place may be of anything, and tells nothing.
        """
        return tuple(rivals for rivals in self.rivals if rivals.placed and rivals.kind is not MentionKind.NAME)


def align(a: Claim, b: Claim) -> Alignment:
    """Lines up the sentences of two claims; with the sides swapped, so is the result."""
    one, other = _side(a), _side(b)
    matched, rivals = _pair_off(one, other)
    mine, theirs = _in(one.words, other.words), _in(other.words, one.words)
    return Alignment(
        covered=(_share(mine, one.words), _share(theirs, other.words)),
        shared=min(len(mine), len(theirs)),
        matched=matched,
        rivals=rivals,
        denied=_denied(one, other) + _denied(other, one),
        opposed=_opposed(one, other),
    )


def mended(a: Claim, b: Claim, alignment: Alignment) -> tuple[str, str] | None:
    """Both sentences with what the other has in the place of each telling rival; None where there is none.

    Where the one then follows from the other, the rivals are all that they differ in.
    """
    rivals = alignment.telling
    if not rivals:
        return None
    return (
        _with(a.sentence.text, [(each.a, each.b.surface) for each in rivals]),
        _with(b.sentence.text, [(each.b, each.a.surface) for each in rivals]),
    )


def _with(text: str, changes: Sequence[tuple[Mention, str]]) -> str:
    for mention, surface in sorted(changes, key=lambda change: -change[0].start):
        text = text[: mention.start] + surface + text[mention.end :]
    return text


# ---- one sentence ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """A sentence as it is lined up: its content words as concepts, those of them under a denial, what it names, the
    names around it, and the words beside each that has an opposite.
    """

    words: frozenset[str]
    denied: frozenset[str]
    mentions: tuple[Mention, ...]
    around: frozenset[str]
    opposing: Mapping[str, frozenset[str]]


def _side(claim: Claim) -> _Side:
    sentence, document = claim.sentence, claim.document
    around = document.text[max(sentence.start - AROUND, 0) : sentence.end + AROUND]
    return _read_side(sentence.text, around, document.date)


@lru_cache(maxsize=4096)
def _read_side(text: str, around: str, published: TimeSpan | None) -> _Side:
    tokens = tokenise(text)
    mentions = read_mentions(text, tokens, published)
    content = [
        (token.start, concept(token.low))
        for token in tokens
        if token.kind == "word"
        and len(token.low) > 2
        and token.low not in FUNCTION_WORDS
        and not any(mention.start <= token.start < mention.end for mention in mentions)
    ]
    return _Side(
        words=frozenset(word for _, word in content),
        denied=frozenset(_under_denial(tokens, content)),
        mentions=tuple(mention.beside(_beside(mention.start, content)) for mention in mentions),
        around=frozenset(normal_name(token.text) for token in tokenise(around) if token.capital),
        opposing={token.low: frozenset(_beside(token.start, content)) for token in tokens if token.low in OPPOSITES},
    )


@lru_cache(maxsize=100_000)
def concept(word: str) -> str:
    """What stands for a word and its like: the class of event that it names ("=death"), else its stem."""
    event = EVENT_OF.get(word)
    return f"={event}" if event is not None else stem(word)


def _beside(start: int, content: Sequence[tuple[int, str]]) -> list[str]:
    """The content words next to the place in the sentence that begins at `start`, without the one there."""
    before = [word for at, word in content if at < start]
    after = [word for at, word in content if at > start]
    return before[-NEAR_WORDS:] + after[:NEAR_WORDS]


def _under_denial(tokens: Sequence[Token], content: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The content words that a denial bears on: those that follow it in its clause."""
    words = [token for token in tokens if token.kind != "mark"]
    for _, stop in denials_in(words):
        start = words[stop - 1].end
        end = next((token.start for token in tokens if token.start >= start and token.text in _CLAUSE_ENDS), None)
        yield from [word for at, word in content if at >= start and (end is None or at < end)][:DENIED_WORDS]


# ---- two sentences ---------------------------------------------------------------------------------------------------


def _in(words: frozenset[str], others: frozenset[str]) -> set[str]:
    """The words that the other side has, too, be it in another form."""
    roots = {word[:ROOT] for word in others if len(word) >= ROOT}
    return {word for word in words if word in others or (len(word) >= ROOT and word[:ROOT] in roots)}


def _share(found: set[str], words: frozenset[str]) -> float:
    return len(found) / len(words) if words else 0.0


def _pair_off(one: _Side, other: _Side) -> tuple[tuple[MentionKind, ...], tuple[Rivals, ...]]:
    """The kinds of the mentions that both sides have, and those left over that stand in each other's place."""
    left = [mention for mention in one.mentions if not _found(mention, other)]
    right = [mention for mention in other.mentions if not _found(mention, one)]
    mine, theirs = (
        tuple(mention.kind for mention in side.mentions if mention not in rest)
        for side, rest in ((one, left), (other, right))
    )
    options = [Rivals(m, n, len(_in(m.near, n.near))) for m in left for n in right if rival(m, n)]
    options.sort(key=lambda rivals: (-rivals.shared, rivals.a.start, rivals.b.start))
    chosen: list[Rivals] = []
    for rivals in options:
        if not any(rivals.a is held.a or rivals.b is held.b for held in chosen):
            chosen.append(rivals)
    return min(mine, theirs, key=lambda kinds: (len(kinds), sorted(kinds))), tuple(chosen)


def _found(mention: Mention, side: _Side) -> bool:
    """Whether the other side has what a mention names, in its sentence or, for names, right around it."""
    if any(same(mention, held) for held in side.mentions):
        return True
    return mention.kind in _NAMING and bool(mention.known & side.around)


def _denied(one: _Side, other: _Side) -> int:
    """How many words are under a denial in one side and stand in the other under none."""
    return len(_in(one.denied, other.words - other.denied) - _in(one.denied, other.denied))


def _opposed(one: _Side, other: _Side) -> tuple[int, ...]:
    return tuple(
        sorted(
            len(_in(one.opposing[word], other.opposing[opposite]))
            for word in one.opposing
            for opposite in OPPOSITES[word]
            if opposite in other.opposing and word not in other.opposing and opposite not in one.opposing
        )
    )
