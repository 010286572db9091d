"""What a figure is about: head noun, events, categories, places, names and topics, read from the clause around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from contradict.figures import read_figures
from contradict.figures.phrases import EVENT_PARTICIPLES
from contradict.figures.tokens import Token
from contradict.lexicon import CATEGORY_GROUPS, EVENT_OF, GENERIC, PERSONS, content_stems, stem
from contradict.places import WORLD, canonical_place, is_place
from contradict.proper_names import last_state, sentence_names
from contradict.types import Claim, Figure, Matter, Speaker

NEAR_TOKENS = 9  # how far from the figure a verb or a place may stand and still be the figure's own
_CLAUSE_END = frozenset((";", "—", "–", "(", ")"))
_QUOTES = frozenset(('"', "“", "”"))
_CONTRAST = frozenset("while whereas but although though".split())
_PART = re.compile(
    r"\b(?:includ(?:ing|es|ed)|of (?:whom|which|them|those|these)|among (?:them|those)|all but)\b", re.IGNORECASE
)
_PLACE_LEADS = frozenset("in from at across throughout inside of to".split())


class Surroundings(NamedTuple):
    """What all claims of a sentence share: its places, names and topics, and the names of the text around it."""

    places: frozenset[str]
    names: frozenset[str]
    topics: frozenset[str]
    context: frozenset[str]


def read_surroundings(
    text: str, tokens: Sequence[Token], *, context: frozenset[str] = frozenset(), before: str = ""
) -> Surroundings:
    """The surroundings of the claims of a sentence; `tokens` are those of its text.

    A sentence that says "the state" and names no place is of the one of the United States last named `before` it.
    """
    places, names = sentence_names(text)
    if not places and before and _THE_STATE.search(text):
        places = last_state(before)
    return Surroundings(places, names, content_stems(_words(tokens)), context)


# As a subject or after a preposition; not "the state broadcaster", "the state of".
_THE_STATE = re.compile(
    r"\b[Tt]he state(?=['’]s\b|[,.;]|$| (?:has|had|have|is|was|will|would|could|can|may|also|now|since|so|and|reported"
    r"|reports|recorded|records|counted|confirmed|saw|announced|logged|added|gained|lost|received|got|spent|expects)\b)"
)


def _words(tokens: Iterable[Token]) -> list[str]:
    return [token.low for token in tokens if token.kind == "word"]


def read_matter(
    figure: Figure | None, tokens: Sequence[Token], around: Surroundings, *, speaker: Speaker | None = None
) -> Matter:
    """The matter of a figure of the sentence that `tokens` are of; of the whole sentence where `figure` is None.

    The places near the figure win over those of the sentence where there are any.
    """
    if figure is None:
        return Matter(
            events=frozenset(EVENT_OF[word] for word in _words(tokens) if word in EVENT_OF),
            places=around.places,
            names=around.names,
            topics=around.topics,
            context=around.context,
        )
    counted = [word for word in re.findall(r"[a-z][\w'-]*", (figure.counted or "").lower()) if word]
    before, after = _clause(figure, tokens)
    whole_before = before
    if (
        speaker is not None
    ):  # a place that speaks ("according to Moscow") is where the count is of only where no other is named
        before = [token for token in before if not speaker.start <= token.start < speaker.end]
        after = [token for token in after if not speaker.start <= token.start < speaker.end]
    near = _words((*before, *after))
    head = _head(counted)
    events, sure = _events(counted, before, after, tokens)
    own_places, placed = _near_places(after, before)
    return Matter(
        head=head,
        words=content_stems(counted),
        events=events,
        sure=sure,
        categories=_categories(counted, _own_lead(before), near) | _order(before, after),
        places=own_places or _nearest_place(whole_before) or around.places,
        names=around.names,
        topics=around.topics,
        context=around.context,
        clause=content_stems(near + counted),
        placed=placed,
        part=_is_part(figure, tokens),
    )


def _head(counted: Sequence[str]) -> str:
    """The stem of the last word of what is counted that is no participle of an event."""
    nouns = [word for word in counted if word not in EVENT_PARTICIPLES]
    return stem(nouns[-1]) if nouns else stem(counted[-1]) if counted else ""


def _clause(figure: Figure, tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens of the figure's clause before and after it, at most `NEAR_TOKENS` on each side."""
    first, last = _begin_from(tokens, figure.start), _begin_from(tokens, figure.end)
    before, after = tokens[max(first - NEAR_TOKENS, 0) : first], tokens[last : last + NEAR_TOKENS + 4]
    return _until_break(before[::-1], leading="(")[::-1], _until_break(after)


def _begin_from(tokens: Sequence[Token], position: int) -> int:
    """How many tokens begin before a position in their text."""
    return bisect_left(tokens, position, key=attrgetter("start"))


def _until_break(tokens: Sequence[Token], *, leading: str = "") -> list[Token]:
    kept: list[Token] = []
    for i, token in enumerate(tokens):
        if token.text in _QUOTES or (not kept and token.text == leading):
            continue
        if (
            token.text in _CLAUSE_END
            or (token.text == ":" and kept)
            or token.low in _CONTRAST
            or (token.kind == "number" and len(kept) > 2 and not _modifies(tokens, i))
        ):
            break
        kept.append(token)
    return kept


def _modifies(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number at `i` only describes: "its 9,000-strong force", "from 84 countries"."""
    beside = [tokens[j].low for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return "-" in beside or (i > 0 and tokens[i - 1].low in ("from", "across", "among"))


def _events(
    counted: Sequence[str], before: Sequence[Token], after: Sequence[Token], sentence: Sequence[Token]
) -> tuple[frozenset[str], bool]:
    """The classes of event of the figure, and whether its own clause names them.

    Of what is counted; else of the verb whose object the figure is ("killed 60"); else of the nearest words of its
    clause, those after
    it first, up to the next figure or clause; else of the sentence, which may mean another figure.
    """
    own = {EVENT_OF[word] for word in counted if word in EVENT_OF}
    if "lives" in counted and any(token.low in _SAVE for token in before[-3:]):
        return frozenset({"rescue"}), True
    if [
        token.low for token in after[:2]
    ] in _SOME_OF_THEM:  # "seven of those had died": what befell some of those counted
        for token in _up_to_joint(after):
            if _tells(token, counted):
                return frozenset({EVENT_OF[token.low]}), True
    if {EVENT_OF[word] for word in counted if word in EVENT_OF and word not in PERSONS} - _GROUPS:
        return frozenset(own), True
    for side in (before[-1:], _up_to_joint(after), before[::-1]):
        for token in side:
            if _tells(token, counted):
                return frozenset(own | {EVENT_OF[token.low]}), True
    for token in sentence:
        if _tells(token, counted):
            return frozenset(own | {EVENT_OF[token.low]}), False
    return frozenset(own), bool(own - _GROUPS)


def _tells(token: Token, counted: Sequence[str]) -> bool:
    return token.low in EVENT_OF and EVENT_OF[token.low] not in _GROUPS and token.low not in counted


def _up_to_joint(after: Sequence[Token]) -> list[Token]:
    """The tokens after a figure up to a comma or an "and" that brings in another figure or verb."""
    kept: list[Token] = []
    for token in after:
        if token.text == "," or (token.low in ("and", "or") and kept):
            break
        kept.append(token)
    return kept


_SAVE = frozenset("save saves saved saving spare spared sparing".split())
_SOME_OF_THEM = (["of", "those"], ["of", "them"], ["of", "whom"], ["of", "these"], ["of", "which"])
_GROUPS = frozenset(
    ("country", "deployment", "jobs", "school", "flights")
)  # who or what is counted, which some event may befall


def _own_lead(before: Sequence[Token]) -> list[Token]:
    """The words right before a figure that are its own, not those of a figure before it ("12 soldiers and 9")."""
    kept: list[Token] = []
    for token in reversed(before[-3:]):
        if token.text == "," or token.low in ("and", "or"):
            break
        kept.append(token)
    return kept


def _categories(counted: Sequence[str], before: Sequence[Token], near: Sequence[str]) -> frozenset[str]:
    """What narrows the count: qualifiers of the noun and right before the number; certainty from the whole clause."""
    close = {*counted, *(token.low for token in before)}
    found = set()
    for group, members in CATEGORY_GROUPS.items():
        for word in near if group == "certainty" else close:
            if word in members:
                found.add(f"{group}:{members[word]}")
        found |= {f"{group}:{members[word]}" for word in counted if word in members}
    return frozenset(found)


_ON_TOP = frozenset("more further additional extra new other".split())
_EARLIER = frozenset(
    (
        ("up", "from"),
        ("down", "from"),
        ("compared", "with"),
        ("compared", "to"),
        ("rather", "than"),
        ("instead", "of"),
        ("not", "the"),
    )
)


def _order(before: Sequence[Token], after: Sequence[Token]) -> frozenset[str]:
    """Whether the figure comes on top of an earlier one ("eight more") or is the earlier one ("up from 1,639")."""
    found = set()
    if after and after[0].low in _ON_TOP:
        found.add("novelty:new")
    lead = [token.low for token in before if token.low not in ("a", "the", "just", "previous", "earlier")][-2:]
    if tuple(lead) in _EARLIER:
        found.add("novelty:earlier")
    return frozenset(found)


def _near_places(after: Sequence[Token], before: Sequence[Token]) -> tuple[frozenset[str], bool]:
    """The places that the figure's own words name: "Poland 1,831", "149 in Mexico", "Mexico has reported 176".

    A place right before the figure wins, as in a list; then one that a preposition ties to it: of these the second
    value says that the
    figure is of them. Else the nearest before it, which may merely be about.
    """
    first = after[0].low in _PLACE_LEADS if after else False
    tied = (_tied_places(after) if first else frozenset()) or _list_places(before) or _tied_places(after)
    if tied:
        return tied, True
    return _nearest_place(before), any(token.text == ":" for token in before)


def _list_places(before: Sequence[Token]) -> frozenset[str]:
    """ "Poland 1,831", "the US and Canada, approximately 900": the places that end right before the figure."""
    at = len(before)
    while at > 0 and before[at - 1].low in (",", "with", ":", "at", "(", "a", "total", "of"):
        at -= 1
        if before[at].low in ("of", "at") and at == len(before) - 1:
            return frozenset()
    found: set[str] = set()
    while at > 0:
        for size in (3, 2, 1):
            phrase = " ".join(token.text for token in before[max(at - size, 0) : at])
            if at >= size and before[at - size].capital and is_place(phrase):
                found.add(canonical_place(phrase))
                at -= size
                break
        else:
            if not (found and before[at - 1].low in ("and", "the", "&")):
                break
            at -= 1
    return frozenset(found)


def _tied_places(after: Sequence[Token]) -> frozenset[str]:
    """ "in Mexico and the United States", "in Turin, Milan and Rome": places right after a preposition."""
    found: set[str] = set()
    tied = 0  # how many tokens a preposition may still be away
    listed = 0  # up to where commas part places of one list
    for i, token in enumerate(after):
        if token.kind == "number" or token.text in (";", "(") or token.low in _UNTIED:
            break
        if token.text == "," and i >= listed:
            listed = _end_of_list(after, i) if found else i
            if listed == i:
                break
        if token.low in _EVERYWHERE:
            found.add(WORLD)
        if found and (token.low == "with" or (token.low in ("and", "&") and not _place_follows(after, i + 1))):
            break
        if token.low in _PLACE_LEADS or (token.low in ("and", "&", ",") and found):
            tied = 3
            continue
        place = _place_at(after, i) if token.kind == "word" and token.capital and (tied or i == 0) else None
        if place is not None and not (i + 1 < len(after) and after[i + 1].text == ":"):
            found.add(place)
        tied = max(tied - 1, 0)
    return frozenset(found)


def _end_of_list(tokens: Sequence[Token], at: int) -> int:
    """Where a list of places ends whose comma stands at `at` ("Turin, Milan and Rome"); `at` where there is none, as in
    "Paris, France", where the comma is no "and"."""
    i = at
    while i < len(tokens) and tokens[i].text == ",":
        i += 1
        closing = i < len(tokens) and tokens[i].low in ("and", "&")
        i += closing
        size = _place_size(tokens, i)
        if not size:
            return at
        i += size
        if closing or (i < len(tokens) and tokens[i].low in ("and", "&") and _place_follows(tokens, i + 1)):
            return i
    return at


def _place_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a place stands at `at`, an article or a preposition passed over."""
    while at < len(tokens) and tokens[at].low in ("the", "in", "from"):
        at += 1
    return at < len(tokens) and _place_at(tokens, at) is not None


# What follows these is not where the whole figure is: a speaker, or where only most of it is.
_UNTIED = frozenset("said says told according most mostly mainly especially including majority".split())
_EVERYWHERE = frozenset(("worldwide", "globally"))


def _place_at(tokens: Sequence[Token], i: int) -> str | None:
    size = _place_size(tokens, i)
    if not size:
        return None
    place = canonical_place(" ".join(token.text for token in tokens[i : i + size]))
    named = place == WORLD and i + size < len(tokens) and tokens[i + size].capital
    return None if named else place  # the World Cup, the Second World War


def _place_size(tokens: Sequence[Token], i: int) -> int:
    """How many tokens from `i` on are the name of a place."""
    sizes = (size for size in (3, 2, 1) if i + size <= len(tokens))
    return next((n for n in sizes if is_place(" ".join(token.text for token in tokens[i : i + n]))), 0)


def _nearest_place(before: Sequence[Token]) -> frozenset[str]:
    """The nearest place of the clause before the figure: its subject ("Mexico has reported 176 deaths")."""
    for i in range(len(before) - 1, -1, -1):
        for size in (3, 2, 1):
            first = i - size + 1
            if first >= 0 and before[first].capital:
                phrase = " ".join(token.text for token in before[first : i + 1])
                if is_place(phrase):
                    return frozenset({canonical_place(phrase)})
    return frozenset()


def _is_part(figure: Figure, tokens: Sequence[Token]) -> bool:
    """Whether the figure is said to be a part of another: "including 12 children", "12 of whom", "among them 3"."""
    first, last = _begin_from(tokens, figure.start), _begin_from(tokens, figure.end)
    text_before = " ".join(token.low for token in tokens[_begin_from(tokens, figure.start - 40) : first])
    text_after = " ".join(token.low for token in tokens[last : _begin_from(tokens, figure.end + 12)])
    return bool(
        _PART.search(text_before[-30:]) or re.match(r"of (?:whom|which|them|those|these|the|its|their)\b", text_after)
    )


def same_kind(one: str, other: str) -> bool:
    """Whether two head nouns are of one class of event ("cases", "infections")."""
    return one == other or (one in _CLASS_OF_STEM and _CLASS_OF_STEM[one] == _CLASS_OF_STEM.get(other))


_CLASS_OF_STEM = {stem(word): name for word, name in EVENT_OF.items() if name not in _GROUPS}


def generic(head: str) -> bool:
    """Whether a head noun says nothing of what is counted ("people")."""
    return head in _GENERIC_STEMS


_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC) | {""}


CLAUSE_REACH = 70  # characters on each side of a figure that its masked clause keeps


def masked(claim: Claim, figures: Sequence[Figure] | None = None) -> str:
    """The claim's sentence with every figure replaced by one sign: an encoder sees what is said and not how much.

    `figures` are all those of the sentence, in order, where they are at hand.
    """
    text = claim.sentence.text
    if claim.time is not None:
        return f"{text[: claim.time.start]}#{text[claim.time.end :]}"
    return _without(text, figures) if figures is not None else _without_figures(text)


@lru_cache(maxsize=64)  # the claims of one sentence follow one another
def _without_figures(text: str) -> str:
    return _without(text, read_figures(text))


def _without(text: str, figures: Sequence[Figure]) -> str:
    parts, at = [], 0
    for figure in figures:
        if figure.start >= at:
            parts += [text[at : figure.start], "#"]
            at = figure.end
    parts.append(text[at:])
    return "".join(parts)


def clause_of(claim: Claim) -> str:
    """The words around the claim's figure or date, which is replaced by one sign, cut at whole words."""
    text = claim.sentence.text
    mark = claim.figure or claim.time
    if mark is None:
        return text
    start, end = max(mark.start - CLAUSE_REACH, 0), min(mark.end + CLAUSE_REACH, len(text))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", end)
    return f"{text[start : mark.start]}#{text[mark.end : stop if stop >= 0 else len(text)]}"
