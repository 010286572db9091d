"""The exact line, kept as it was before any stage of the scan came to leave work out: what a faster scan is held to.

Every pairable claim, each statement once; its masked sentence and its masked clause as vectors of the full MiniLM in
float32; on each scale (unit, currency, what it is per) the 20 nearest of every claim by exact search, and the 20
nearest among those with the same thing counted; every pair of them judged. What the stages of the package decide about
a pair or a claim (what can be compared, what is masked, the verdict) is the package's own and moves with it; which
claims meet is decided here and does not.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matching import Listed, Side, side_of_claim
from minilm import FullMiniLM

from contradict.claims import pairable, read_document
from contradict.compare import scale_of
from contradict.documents import read_collection
from contradict.matter import clause_of, generic, masked
from contradict.pairs import answered
from contradict.printed import stated_by, with_printed
from contradict.types import LISTED, Claim, Kind, Pair, Verdict
from contradict.verdicts import judge_pairs, load_head

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contradict.encoders import Encoder

NEIGHBOURS = 20
FLOOR, GROUP_FLOOR, DATE_FLOOR = 0.30, 0.0, 0.72  # mean cosine under which claims do not meet
MOST_PAIRS = 3  # that two sentences give, each figure in one of them
ROWS = 512  # of similarities held at once

Told = Callable[[str], None]


def exact_pairs(articles: Path, *, encoder: Encoder, told: Told = lambda words: None) -> list[Listed]:
    """The pairs that the exact line lists for a file of articles; `told` hears of every stage that has ended."""
    documents = read_collection([str(articles)]).documents
    read = {document.id: [claim for claim in read_document(document) if pairable(claim)] for document in documents}
    claims = once([claim for own in read.values() for claim in own])
    known = {name: stated_by(own) for name, own in read.items()}
    told(f"{len(documents):,} documents, {len(claims):,} claims")
    sentence = encoder.encode([masked(claim) for claim in claims])
    clause = encoder.encode([clause_of(claim) for claim in claims])
    told("vectors")
    pairs = (
        with_printed(pair, known[pair.a.document.id], known[pair.b.document.id])
        for pair in meeting(claims, sentence, clause)
    )
    verdicts = judge_pairs(pairs, load_head(), keep=LISTED)
    listed = [
        Listed(
            side_of_claim(verdict.pair.a),
            side_of_claim(verdict.pair.b),
            relation=verdict.relation.value,
            kind=verdict.kind.value,
            score=round(verdict.score, 4),
        )
        for verdict in strongest(list(verdicts))
    ]
    told(f"{len(listed):,} pairs listed")
    return listed


def once(claims: Sequence[Claim]) -> list[Claim]:
    """Each statement once, by the earliest printing of its sentence."""
    first: dict[tuple[str, int, Kind], Claim] = {}
    for claim in claims:
        mark = claim.figure or claim.time
        key = (" ".join(claim.sentence.text.split()), mark.start if mark else 0, claim.kind)
        held = first.get(key)
        if held is None or _published(claim) < _published(held):
            first[key] = claim
    return list(first.values())


def _published(claim: Claim) -> str:
    return str(claim.document.date.start) if claim.document.date else "9999"


def meeting(
    claims: Sequence[Claim], sentence: NDArray[np.float32], clause: NDArray[np.float32], *, neighbours: int = NEIGHBOURS
) -> Iterator[Pair]:
    """The pairs of claims that meet, each once; claims of one document do not."""
    blocks: dict[str, list[int]] = defaultdict(list)
    beside: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for number, claim in enumerate(claims):
        blocks["date" if claim.figure is None else f"figure:{scale_of(claim.figure)}"].append(number)
        beside[_sentence(claim)].append(claim)
    for name in sorted(blocks):
        members = np.array(blocks[name])
        dates = name == "date"
        found = set(_nearest(claims, sentence, clause, members, neighbours, DATE_FLOOR if dates else FLOOR))
        for group in _groups(claims, blocks[name]):
            floor = DATE_FLOOR if dates else GROUP_FLOOR
            found |= set(_nearest(claims, sentence, clause, np.array(group), neighbours, floor))
        for i, j in sorted(found):
            a, b = claims[i], claims[j]
            if not answered(a, b, beside[_sentence(a)], beside[_sentence(b)]):
                yield Pair(a, b, float(sentence[i] @ sentence[j]), float(clause[i] @ clause[j]))


def _sentence(claim: Claim) -> tuple[str, int]:
    return claim.document.id, claim.sentence.start


def _groups(claims: Sequence[Claim], members: Sequence[int]) -> list[list[int]]:
    """The claims with the same head noun at the same place, and those with the same events there."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in members:
        matter = claims[number].matter
        place = ",".join(sorted(matter.places)[:1])
        if not generic(matter.head):
            groups["head", f"{matter.head}@{place}"].append(number)
        if matter.events:
            groups["events", f"{'+'.join(sorted(matter.events))}@{place}"].append(number)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _nearest(
    claims: Sequence[Claim],
    sentence: NDArray[np.float32],
    clause: NDArray[np.float32],
    members: NDArray[np.int64],
    neighbours: int,
    floor: float,
) -> Iterator[tuple[int, int]]:
    """The lower and the higher number of each member and its nearest, by the mean of the two cosines."""
    numbers: dict[str, int] = {}
    owners = np.array([numbers.setdefault(claims[i].document.id, len(numbers)) for i in members])
    one, other = sentence[members], clause[members]
    count = min(neighbours, len(members))
    for start in range(0, len(members), ROWS):
        rows = slice(start, min(start + ROWS, len(members)))
        near = (one[rows] @ one.T + other[rows] @ other.T) * np.float32(0.5)
        near[owners[rows, None] == owners[None, :]] = -1
        columns = np.argpartition(-near, count - 1, axis=1)[:, :count]
        for row, column in zip(*np.nonzero(np.take_along_axis(near, columns, axis=1) >= floor), strict=True):
            i, j = int(members[start + row]), int(members[columns[row, column]])
            if near[row, columns[row, column]] > -1:
                yield min(i, j), max(i, j)


def strongest(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Of two sentences' verdicts the strongest few, each figure once: as a scan lists them."""
    rivals: dict[tuple[tuple[str, int], ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        rivals[tuple(sorted(_sentence(claim) for claim in (verdict.pair.a, verdict.pair.b)))].append(verdict)
    kept = []
    for group in rivals.values():
        used: set[str] = set()
        for verdict in sorted(group, key=lambda verdict: (-verdict.score, verdict.id)):
            keys = {verdict.pair.a.key, verdict.pair.b.key}
            if not keys & used and len(used) < 2 * MOST_PAIRS:
                kept.append(verdict)
                used |= keys
    return sorted(kept, key=lambda verdict: (-verdict.score, verdict.id))


# Kept in a file, since it takes long and does not change


def reference(articles: Path, cache: Path, *, told: Told = lambda words: None) -> list[Listed]:
    """The exact line's pairs for a file of articles, from the cache where they were computed before.

    The cache knows the articles by their bytes, and not the code: delete its file to have them judged by what the
    package's rules and head are now. It holds digests of statements and no text.
    """
    digest = hashlib.sha256(articles.read_bytes()).hexdigest()[:16]
    file = cache / f"exact-{digest}.json"
    if not file.exists():
        pairs = exact_pairs(articles, encoder=FullMiniLM(), told=told)
        cache.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".tmp")
        beside.write_text(json.dumps([asdict(pair) for pair in pairs]), encoding="utf-8")
        beside.replace(file)
    else:
        told(f"exact pairs from {file}")
    return [
        Listed(**{**record, "a": Side(**record["a"]), "b": Side(**record["b"])})
        for record in json.loads(file.read_text(encoding="utf-8"))
    ]
