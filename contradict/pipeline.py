"""The line itself: documents → claims → pairs → verdicts → findings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from contradict.arithmetic import Arithmetic, check_arithmetic
from contradict.assertions import read_assertion, read_assertions
from contradict.calibration import Calibration, recalibrated
from contradict.claim_pairs import related
from contradict.claim_verdicts import SUSPECT, ClaimHead, judge_claims, load_claim_head
from contradict.claims import pairable, read_claims, read_document
from contradict.compare import days_between
from contradict.encoders import Encoder
from contradict.findings import FAILED, find
from contradict.nli import EntailmentJudge
from contradict.pairs import answered, candidates, encode_claims
from contradict.progress import Progress, Silent
from contradict.settings import Settings
from contradict.types import (
    LISTED,
    Check,
    Claim,
    Collection,
    Document,
    Kind,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Scan,
    Sentence,
    Skipped,
    TimeSpan,
    Verdict,
)
from contradict.verdicts import Head, judge_pairs, load_head


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a pair to judge: a sentence with its date, outlet, and what stands before and after it."""

    text: str
    date: TimeSpan | None = None
    source: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A pair to judge, with the id that its answer carries."""

    id: str
    a: Passage
    b: Passage


def scan(
    collection: Collection,
    *,
    settings: Settings,
    encoder: Encoder,
    nli: EntailmentJudge | None = None,
    calibration: Calibration | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Finds where the documents of a collection contradict each other.

    `nli` judges claims without figures, which are not compared without one. `calibration` maps what the head says
    before anything is decided on it. Same documents and settings, same result; `seconds` alone differs from run to run.
    """
    progress = progress or Silent()
    clock = _Clock()
    counts: Counter[str] = Counter(
        documents=len(collection.documents),
        copies=len(collection.copies),
        skipped=sum(item.count for item in collection.skipped),
    )
    head = load_head()
    nli = nli if settings.nli_budget else None
    claim_head = load_claim_head() if nli is not None else None
    documents, left_out = _in_period(collection.documents, settings)
    with clock("claims"), progress.stage("claims", len(documents)):
        stated = []
        for document in documents:
            stated += read_document(document)
            progress.advance()
        claims = [claim for claim in stated if pairable(claim)]
        counts["claims"] = len(claims)
        claims = _once(claims)
        counts["repeated claims"] = counts["claims"] - len(claims)
    with clock("encode"), progress.stage("encode", 2 * len(claims)):
        vectors = encode_claims(claims, encoder, on_progress=progress.advance)
    with clock("pairs and verdicts"), progress.stage("verdicts"):
        pairs = _counted(
            candidates(claims, vectors, neighbours=settings.neighbours, within=settings.within), counts, progress
        )
        verdicts = [
            v
            for v in _judged(pairs, head, calibration, keep=settings.listed)
            if v.score >= settings.min_score or settings.include_all
        ]
    models = {encoder.name: encoder.sha256, "verdict head": head.sha256}
    if nli is not None and claim_head is not None:
        models |= {nli.name: nli.sha256, "claim head": claim_head.sha256}
        known = {_sentences(verdict.pair) for verdict in verdicts if verdict.relation in LISTED}
        told = _judged_claims(documents, nli, claim_head, settings, counts=counts, clock=clock, progress=progress)
        verdicts += [verdict for verdict in told if _sentences(verdict.pair) not in known]
    with clock("arithmetic"), progress.stage("arithmetic"):
        arithmetic = check_arithmetic(stated)
        counts["calculations"], counts["calculations that hold"] = len(arithmetic.checks), len(arithmetic.held)
        counts["calculations left open"] = arithmetic.undecided
    with clock("findings"), progress.stage("findings"):
        verdicts = _strongest(verdicts)
        listed = [verdict for verdict in verdicts if verdict.relation in settings.relations]
        findings = find(listed, _listed(arithmetic, settings))
    for relation in Relation:
        counts[relation.value] = sum(verdict.relation is relation for verdict in verdicts)
    counts["findings"] = len(findings)
    return Scan(
        collection=_with(collection, [*left_out, *arithmetic.skipped]),
        verdicts=tuple(verdicts),
        findings=findings,
        counts=dict(counts),
        seconds=clock.seconds,
        settings=settings.record(),
        models=models | ({"calibration": calibration.sha256} if calibration is not None else {}),
    )


def _judged_claims(
    documents: Sequence[Document],
    nli: EntailmentJudge,
    head: ClaimHead,
    settings: Settings,
    *,
    counts: Counter[str],
    clock: _Clock,
    progress: Progress,
) -> list[Verdict]:
    """The listed verdicts on claims as a whole; what was asked about, and what was not, goes into `counts`."""
    with clock("assertions"), progress.stage("assertions", len(documents)):
        claims: list[Claim] = []
        for document in documents:
            claims += read_assertions(document)
            progress.advance()
        counts["assertions"] = len(claims)
    with clock("claim pairs"):
        found = related(_once(claims), within=settings.within, budget=settings.nli_budget)
        counts["claim pairs"], counts["claim pairs left out"] = len(found.pairs), found.left_out
    suspect = SUSPECT if settings.listed <= LISTED else 0.0  # what is no conflict needs judging only where it is listed
    cut = nli.cut
    with clock("claim pairs"), progress.stage("claim pairs", len(found.pairs)):
        verdicts = [
            verdict
            for verdict in judge_claims(found.pairs, nli, head, suspect=suspect, on_progress=progress.advance)
            if verdict.relation in settings.listed and (verdict.score >= settings.min_score or settings.include_all)
        ]
    counts["claim pairs cut"] = nli.cut - cut
    return verdicts


def _sentences(pair: Pair) -> frozenset[tuple[str, int]]:
    """The two sentences of a pair, whichever comes first."""
    return frozenset((claim.document.id, claim.sentence.start) for claim in (pair.a, pair.b))


def judge(
    rows: Sequence[JudgeRow],
    *,
    encoder: Encoder,
    nli: EntailmentJudge | None = None,
    calibration: Calibration | None = None,
) -> Iterator[Verdict]:
    """One verdict for each row, in order: of the figures or dates that differ most, else of the claims as a whole."""
    head = load_head()
    told = _told(rows, nli) if nli is not None else {}
    sides = [(passage_claims(row.a, f"{row.id}/a"), passage_claims(row.b, f"{row.id}/b")) for row in rows]
    claims = [claim for side in sides for part in side for claim in part[1]]
    vectors = encode_claims(claims, encoder)
    index = {id(claim): i for i, claim in enumerate(claims)}
    for number, ((sentence_a, claims_a), (sentence_b, claims_b)) in enumerate(sides):
        pairs = (
            Pair(a, b, *vectors.similarity(index[id(a)], index[id(b)]))
            for a in claims_a
            for b in claims_b
            if a.kind is b.kind and not answered(a, b, claims_a, claims_b)
        )
        verdicts = list(_judged(pairs, head, calibration))
        figures = _telling(verdicts, head) if verdicts else None
        yield _either(figures, told.get(number)) or _incomparable(sentence_a, sentence_b)


def _told(rows: Sequence[JudgeRow], nli: EntailmentJudge) -> dict[int, Verdict]:
    """The verdict on the two sentences as a whole, by the number of the row; none where one asserts nothing."""
    pairs = {}
    for number, row in enumerate(rows):
        a, b = (read_assertion(_sentence(side, f"{row.id}/{name}")) for side, name in ((row.a, "a"), (row.b, "b")))
        if a is not None and b is not None:
            pairs[number] = Pair(a, b, 0.0, 0.0)
    return dict(zip(pairs, judge_claims(list(pairs.values()), nli, load_claim_head()), strict=True))


def _either(figures: Verdict | None, claims: Verdict | None) -> Verdict | None:
    """The figures where there are any to compare; the judge of whole claims is wrong about those too often.

    But a figure that both sentences share hides no name that they do not: where the figures do not differ, and no time
    lies between that would explain it, the claims answer if they contradict each other.
    """
    if figures is None or claims is None:
        return figures or claims
    hidden = figures.relation not in LISTED and claims.relation is Relation.CONTRADICTION
    return claims if hidden and not days_between(claims.pair.a, claims.pair.b) else figures


def _judged(
    pairs: Iterable[Pair],
    head: Head,
    calibration: Calibration | None,
    *,
    keep: frozenset[Relation] = frozenset(Relation),
) -> Iterator[Verdict]:
    """What the head says of the pairs, by the calibration where there is one; only the relations in `keep`."""
    if calibration is None:
        yield from judge_pairs(pairs, head, keep=keep)
        return
    for verdict in judge_pairs(pairs, head):
        mapped = recalibrated(verdict, calibration)
        if mapped.relation in keep:
            yield mapped


def passage_claims(passage: Passage, name: str) -> tuple[Sentence, list[Claim]]:
    """The sentence of a passage in a document of its own, with the sentences around it, and its claims."""
    sentence = _sentence(passage, name)
    return sentence, [claim for claim in read_claims(sentence)[0] if pairable(claim)]


def _sentence(passage: Passage, name: str) -> Sentence:
    text = " ".join(part for part in (passage.before, passage.text, passage.after) if part)
    start = len(passage.before) + 1 if passage.before else 0
    document = Document(id=name, path=name, text=text, source=passage.source, date=passage.date)
    return Sentence(document, 0, start, start + len(passage.text))


def _telling(verdicts: Sequence[Verdict], head: Head) -> Verdict:
    """Of all figure pairs of two sentences the one to answer with: differing before agreeing before unrelated."""
    order = {Relation.CONTRADICTION: 0, Relation.UPDATE: 0, Relation.AGREEMENT: 1, Relation.UNRELATED: 2}
    return min(
        verdicts, key=lambda v: (order[v.relation], -v.score if order[v.relation] == 0 else v.probabilities.unrelated)
    )


def _incomparable(a: Sentence, b: Sentence) -> Verdict:
    """The answer where the two sentences state nothing on one scale."""
    sides = (Claim(a, Kind.CLAIM, Matter()), Claim(b, Kind.CLAIM, Matter()))
    return Verdict(
        pair=Pair(*sides, 0.0, 0.0),
        relation=Relation.UNRELATED,
        kind=Kind.NONE,
        probabilities=Probabilities(0.0, 0.0, 0.0, 1.0),
        reason="Nothing in the two sentences can be compared: no figures of one unit, no dates of one event.",
        matter="",
        same_speaker=None,
        same_source=bool(a.document.source) and a.document.source == b.document.source,
    )


def _listed(arithmetic: Arithmetic, settings: Settings) -> list[Check]:
    """The calculations that are findings: those that fail, and on request those that hold."""
    fails = Relation.CONTRADICTION in settings.relations and settings.min_score <= FAILED
    return [check for check in arithmetic.checks if (settings.arithmetic if check.holds else fails)]


def _in_period(documents: Sequence[Document], settings: Settings) -> tuple[list[Document], list[Skipped]]:
    """The documents published within the settings' period, and those left out with the reason; undated ones stay."""
    kept, left_out = [], []
    for document in documents:
        date = document.date
        if date and settings.since and date.end < settings.since:
            left_out.append(Skipped(document.path, f"published before {settings.since}"))
        elif date and settings.until and date.start > settings.until:
            left_out.append(Skipped(document.path, f"published after {settings.until}"))
        else:
            kept.append(document)
    return kept, left_out


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Each statement once: an equal sentence printed again says nothing new; the earliest printing stands for it."""
    first: dict[tuple[str, object], Claim] = {}
    for claim in claims:
        mark = claim.figure or claim.time
        key = (" ".join(claim.sentence.text.split()), (mark.start if mark else 0, claim.kind))
        held = first.get(key)
        if held is None or _published(claim) < _published(held):
            first[key] = claim
    return list(first.values())


def _published(claim: Claim) -> str:
    return str(claim.document.date.start) if claim.document.date else "9999"


def _counted(pairs: Iterator[Pair], counts: Counter[str], progress: Progress) -> Iterator[Pair]:
    for pair in pairs:
        counts["pairs"] += 1
        if counts["pairs"] % 1000 == 0:
            progress.advance(1000)
        yield pair


def _strongest(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Of two sentences' verdicts the strongest few, each figure once: two lists of ten make no hundred pairs."""
    best: dict[tuple[str, int, str, int], list[Verdict]] = {}
    for verdict in verdicts:
        a, b = sorted((verdict.pair.a, verdict.pair.b), key=lambda claim: claim.key)
        best.setdefault((a.document.id, a.sentence.start, b.document.id, b.sentence.start), []).append(verdict)
    kept = []
    for rivals in best.values():
        rivals.sort(key=lambda verdict: (-verdict.score, verdict.id))
        used: set[str] = set()
        for verdict in rivals[:]:
            keys = {verdict.pair.a.key, verdict.pair.b.key}
            if not keys & used and len(used) < 2 * MOST_PAIRS:
                kept.append(verdict)
                used |= keys
    return sorted(kept, key=lambda verdict: (-verdict.score, verdict.id))


MOST_PAIRS = 3  # pairs that two sentences give, each figure in one of them: the contract of pairs.jsonl


def _with(collection: Collection, left_out: Sequence[Skipped]) -> Collection:
    if not left_out:
        return collection
    return replace(collection, not_compared=(*collection.not_compared, *left_out))


class _Clock:
    """Seconds spent in each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started
