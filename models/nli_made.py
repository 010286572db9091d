"""Pairs made from unlabelled news and from labelled entailments.

A sentence and an altered copy of it (contradiction); a reworded copy or another outlet's print of it (entailment); a
neighbour, a stranger that shares a name, or a copy that says more (neutral); two reports of one event (either, but no
contradiction). Altered and unaltered copies get the same
light rewording, so that the judge cannot tell them apart by how much was touched.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nli_alter import ALTERATIONS, PERSON, Names, is_person, reword, shorten
from nli_data import Pair
from records import read_records

MIN_WORDS, MAX_WORDS = 7, 38
MAX_ARTICLE_SENTENCES = 25


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of unlabelled news: article number, place in it, date (ISO), text."""

    article: int
    place: int
    date: str
    text: str


# ---- sentences of news ------------------------------------------------------------------------------------------

_BREAK = re.compile(r"(?<=[a-z0-9%)][.!?])[\"”]?\s+(?=[A-Z\"“])|\n+")
_ABBREVIATION_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|vs|v|No|[A-Z])\.$")
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d,.]*")
_BOILERPLATE = re.compile(
    r"click here|subscribe|newsletter|sign up|copyright|all rights|photo|getty|read more|@|"
    r"http|©",
    re.IGNORECASE,
)


def read_sentences(path: Path, *, articles: int, seed: int, quoting: bool = False) -> list[Sentence]:
    """Plain declarative sentences of all articles of a seeded choice of days: events come from all sides.

    `quoting`: those with quotations, too.
    """
    by_day = defaultdict(list)
    for article in read_records(path):
        by_day[article.get("date") or ""].append(article)
    days = sorted(by_day)
    random.Random(seed).shuffle(days)
    chosen = [article for day in days for article in by_day[day]]
    found = []
    for number, article in enumerate(chosen[:articles]):
        usable = (text.strip() for text in _BREAK.split(article["text"][:8000]))
        for place, text in enumerate(t for t in usable if _is_plain(t, quoting=quoting)):
            if place == MAX_ARTICLE_SENTENCES:
                break
            found.append(Sentence(number, place, article.get("date") or "", text))
    return found


def _is_plain(text: str, *, quoting: bool) -> bool:
    words = text.split()
    return (
        not _ABBREVIATION_END.search(text)
        and MIN_WORDS <= len(words) <= MAX_WORDS
        and text[0].isupper()
        and (text[-1] == "." or (quoting and text[-2:] in ('."', ".”")))
        and not any(mark in text for mark in ("\t[]|•" if quoting else '\t"“”[]|•'))
        and not _BOILERPLATE.search(text)
    )


# ---- the made pairs -------------------------------------------------------------------------------------------------

_COMMON = frozenset(
    "the a an of to in on and or for with at by from as that this it its is are was were be been "
    "has have had will would he she they his her their not but who which what when said says also "
    "more than".split()
)


def content(text: str) -> frozenset[str]:
    """The words of a text but the commonest, in small letters."""
    return frozenset(word for w in _WORD.findall(text) if (word := w.lower()) not in _COMMON)


def overlap(a: str, b: str) -> float:
    """Share of the words of both that stand in both."""
    left, right = content(a), content(b)
    return len(left & right) / max(1, len(left | right))


def make_pairs(sentences: list[Sentence], *, seed: int) -> list[Pair]:
    """All made pairs from these sentences, in a seeded order."""
    rng = random.Random(seed)
    names = read_names(sentences)
    pairs = [
        *_altered(sentences, names, rng),
        *_kept(sentences, rng),
        *_neighbours(sentences, rng),
        *_strangers(sentences, rng),
        *_same_event(sentences),
    ]
    rng.shuffle(pairs)
    return pairs


def read_names(sentences: list[Sentence]) -> Names:
    """What looks like a person's name within a sentence."""
    found = {m[0] for s in sentences for m in PERSON.finditer(s.text, 12) if is_person(m[0])}
    return Names(sorted(found))


def _altered(sentences: list[Sentence], names: Names, rng: random.Random) -> Iterator[Pair]:
    """Contradictions: each third sentence altered, some shortened before or reworded after, in either order."""
    for sentence in sentences:
        if rng.random() > 0.34:
            continue
        base = (shorten(sentence.text, rng) if rng.random() < 0.3 else None) or sentence.text
        if altered := _alter(base, names, rng):
            kind, changed = altered
            other = reword(changed, rng, touches=rng.randrange(3))
            pair = (sentence.text, other) if rng.random() < 0.75 else (other, sentence.text)
            yield Pair(f"news_{kind}", *pair, "c")


def _alter(text: str, names: Names, rng: random.Random) -> tuple[str, str] | None:
    """One alteration of a text with its kind; figures, dates and names, being rarer, before denials and opposites."""
    rare = rng.sample(list(ALTERATIONS)[:5], 5)
    common = rng.sample(list(ALTERATIONS)[5:], 2)
    for kind in rare + common if rng.random() < 0.7 else common + rare:
        changed = ALTERATIONS[kind](text, rng, names)
        if changed and changed != text:
            return kind, changed
    return None


def turn_entailments(pairs: list[Pair], names: Names, *, seed: int) -> Iterator[Pair]:
    """Contradictions in other words than the premise: entailed hypotheses, altered."""
    rng = random.Random(seed)
    for pair in pairs:
        if pair.label == "e" and rng.random() < 0.45 and (altered := _alter(pair.hypothesis, names, rng)):
            yield Pair("turned", pair.premise, altered[1], "c")


def _kept(sentences: list[Sentence], rng: random.Random) -> Iterator[Pair]:
    """Entailments by rewording and shortening; the shortened sentence against the whole is neutral."""
    for sentence in sentences:
        draw = rng.random()
        if draw > 0.55:
            continue
        cut = shorten(sentence.text, rng) if draw < 0.35 else None
        other = reword(cut or sentence.text, rng, touches=rng.randrange(1, 4))
        if other == sentence.text or (cut and re.search(r"\b(if|not|would|could|may|might|whether)\b", sentence.text)):
            continue
        if cut is None:
            yield Pair("news_reworded", sentence.text, other, "e")
        elif draw < 0.25:
            yield Pair("news_shortened", sentence.text, other, "e")
        else:
            yield Pair("news_longer", other, sentence.text, "n")


def _neighbours(sentences: list[Sentence], rng: random.Random) -> Iterator[Pair]:
    """Neutral: two sentences of one article that share words or both carry figures, and are not alike."""
    by_article = defaultdict(list)
    for sentence in sentences:
        by_article[sentence.article].append(sentence)
    for group in by_article.values():
        for a, b in (*itertools.pairwise(group), *zip(group, group[2:], strict=False)):
            alike = overlap(a.text, b.text)
            figures = bool(re.search(r"\d", a.text) and re.search(r"\d", b.text))
            comparable = alike < 0.35 and (figures or alike > 0.06)
            if comparable and rng.random() < (0.5 if figures else 0.14):
                yield Pair("news_neighbours", *rng.sample((a.text, b.text), 2), "n")


def _strangers(sentences: list[Sentence], rng: random.Random) -> Iterator[Pair]:
    """Neutral: sentences of two articles that share a name (the date near or far), and are not alike."""
    by_name = defaultdict(list)
    for sentence in sentences:
        for match in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*", sentence.text):
            by_name[match[0]].append(sentence)
    for group in by_name.values():
        if not 2 <= len(group) <= 4000:
            continue
        for _ in range(min(40, len(group) // 2)):
            a, b = rng.sample(group, 2)
            if a.article != b.article and 0.04 < overlap(a.text, b.text) < 0.3:
                yield Pair("news_strangers", a.text, b.text, "n")


def _same_event(sentences: list[Sentence]) -> Iterator[Pair]:
    """No contradiction, and no more is known: two articles of one day on much the same, in other words."""
    by_day = defaultdict(list)
    for sentence in sentences:
        by_day[sentence.date].append((sentence, content(sentence.text)))
    for group in by_day.values():
        rare = defaultdict(list)
        for k, (_, words) in enumerate(group):
            for word in words:
                rare[word].append(k)
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for _, holders in sorted(rare.items()):
            if 2 <= len(holders) <= 12:
                for pair in itertools.combinations(holders, 2):
                    shared[pair] += 1
        for (i, j), count in shared.items():
            (a, left), (b, right) = group[i], group[j]
            alike = len(left & right) / len(left | right)
            if count >= 2 and a.article != b.article and 0.12 < alike < 0.7:
                yield Pair("news_same_event", a.text, b.text, "nc")
