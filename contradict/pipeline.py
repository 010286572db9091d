"""The line itself: documents → claims → pairs → verdicts → findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from contradict.archive import Archive, Rules
from contradict.arithmetic import Arithmetic
from contradict.assertions import read_assertions
from contradict.calibration import Calibration, recalibrated
from contradict.claim_pairs import related, without_furniture
from contradict.claim_verdicts import SUSPECT, ClaimHead, as_met, in_whole, judge_claims, load_claim_head
from contradict.cues import converts
from contradict.encoders import Encoder
from contradict.findings import FAILED, find, with_calculations
from contradict.nli import EntailmentJudge
from contradict.parallel import Workers
from contradict.progress import Clock, Progress, Silent
from contradict.revisions import changes
from contradict.settings import Settings
from contradict.types import (
    LISTED,
    Check,
    Claim,
    Collection,
    Document,
    Pair,
    Relation,
    Scan,
    Skipped,
    Verdict,
)


def scan(
    collection: Collection,
    *,
    settings: Settings,
    encoder: Encoder,
    nli: EntailmentJudge | None = None,
    calibration: Calibration | None = None,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> Scan:
    """Finds where the documents of a collection contradict each other.

    `nli` judges claims without figures, which are not compared without one. `calibration` maps what the head says
    before anything is decided on it. `workers` share the work between processes; without them all is done in this one.
    Same documents and settings, same result; `seconds` alone differs from run to run.
    """
    with (
        TemporaryDirectory(prefix="contradict-") as folder,
        Archive(Path(folder) / "archive", writable=True, rules=rules_of(settings, calibration)) as archive,
    ):
        archive.adopt(collection)
        return scan_archive(
            archive,
            settings=settings,
            encoder=encoder,
            nli=nli,
            calibration=calibration,
            progress=progress,
            workers=workers,
            collection=collection,
        )


def rules_of(settings: Settings, calibration: Calibration | None = None) -> Rules:
    """What an archive must compare for a scan with these settings.

    A calibration may list what the head alone would not, so that all pairs are judged for it.
    """
    return Rules(
        within=settings.within,
        neighbours=settings.neighbours,
        encoder=settings.encoder,
        all_relations=not settings.listed <= LISTED or calibration is not None,
        since=settings.since.toordinal() if settings.since else None,
        until=settings.until.toordinal() if settings.until else None,
    )


def scan_archive(
    archive: Archive,
    *,
    settings: Settings,
    encoder: Encoder,
    nli: EntailmentJudge | None = None,
    calibration: Calibration | None = None,
    progress: Progress | None = None,
    workers: Workers | None = None,
    clock: Clock | None = None,
    collection: Collection | None = None,
    touching: Set[str] | None = None,
) -> Scan:
    """What an archive holds, brought up to date first where it is open for writing; otherwise as `scan`.

    `collection` is that of its documents, where it is at hand. Where `touching` is given, only what is found of the
    documents with these ids, among each other and against all others.
    """
    progress, clock = progress or Silent(), clock or Clock()
    counts: Counter[str] = Counter()
    done = archive.settle(encoder, workers=workers, progress=progress, clock=clock) if archive.writable else Counter()
    with clock("load"), progress.stage("loading"):
        collection = collection or archive.collection()
        documents, left_out = _in_period(collection.documents, settings, archive.rules)
        within = {document.id for document in documents}
        calculations = archive.calculations(documents, workers or Workers())
        kept = archive.verdicts(collection.documents, touching=touching)
        verdicts = [
            verdict
            for verdict in (recalibrated(each, calibration) for each in kept)
            if _wanted(verdict, settings)
            and within.issuperset(claim.document.id for claim in (verdict.pair.a, verdict.pair.b))
        ]
        revised = [
            verdict
            for article, before, after in archive.revised(documents)
            if touching is None or article.id in touching
            for verdict in changes(before, after)
            if _wanted(verdict, settings)
        ]
        verdicts += revised
    counts.update(
        documents=len(collection.documents),
        copies=len(collection.copies),
        skipped=sum(item.count for item in collection.skipped),
    )
    counts.update(done)
    nli = nli if settings.nli_budget else None
    claim_head = load_claim_head() if nli is not None else None
    models = archive.models(encoder)
    if nli is not None and claim_head is not None:
        models |= {nli.name: nli.sha256, "claim head": claim_head.sha256}
        known = {_sentences(verdict.pair) for verdict in verdicts if verdict.relation in LISTED}
        told = _judged_claims(
            documents, nli, claim_head, settings, touching=touching, counts=counts, clock=clock, progress=progress
        )
        verdicts += [verdict for verdict in told if _sentences(verdict.pair) not in known]
    with clock("findings"), progress.stage("findings"):
        verdicts = _strongest(verdicts)
        findings = find([verdict for verdict in verdicts if verdict.relation in settings.relations])
    with clock("arithmetic"), progress.stage("arithmetic"):  # last, since a worker may be at it
        arithmetic = _touched(calculations(), touching)
        counts["calculations"], counts["calculations that hold"] = len(arithmetic.checks), len(arithmetic.held)
        counts["calculations left open"] = arithmetic.undecided
        findings = with_calculations(findings, _listed(arithmetic, settings))
    if revised:
        counts["changed in articles"] = len(revised)
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


def _wanted(verdict: Verdict, settings: Settings) -> bool:
    """Whether the settings let a verdict be listed."""
    return verdict.relation in settings.listed and (verdict.score >= settings.min_score or settings.include_all)


def _touches(claims: Iterable[Claim], touching: Set[str] | None) -> bool:
    return touching is None or any(claim.document.id in touching for claim in claims)


def _touched(arithmetic: Arithmetic, touching: Set[str] | None) -> Arithmetic:
    """The calculations with a figure of one of these documents."""
    if touching is None:
        return arithmetic
    return replace(arithmetic, checks=tuple(c for c in arithmetic.checks if _touches(c.claims, touching)))


def _judged_claims(
    documents: Sequence[Document],
    nli: EntailmentJudge,
    head: ClaimHead,
    settings: Settings,
    *,
    touching: Set[str] | None,
    counts: Counter[str],
    clock: Clock,
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
        asserted = _once(claims)
        claims = without_furniture(asserted)
        counts["assertions that are furniture"] = len(asserted) - len(claims)
        found = related(claims, within=settings.within, budget=settings.nli_budget)
        pairs = [pair for pair in found.pairs if _touches((pair.a, pair.b), touching)]
        counts["claim pairs"], counts["claim pairs left out"] = len(pairs), found.left_out
    suspect = SUSPECT if settings.listed <= LISTED else 0.0  # what is no conflict needs judging only where it is listed
    cut = nli.cut
    with clock("claim pairs"), progress.stage("claim pairs", len(pairs)):
        verdicts = [
            in_whole(verdict)
            for judged in judge_claims(pairs, nli, head, suspect=suspect, on_progress=progress.advance)
            if _wanted(verdict := as_met(judged, head.met), settings)
        ]
    counts["claim pairs cut"] = nli.cut - cut
    return verdicts


def _sentences(pair: Pair) -> frozenset[tuple[str, int]]:
    """The two sentences of a pair, whichever comes first; a claim may be of a part of one."""
    return frozenset((claim.document.id, claim.sentence.index) for claim in (pair.a, pair.b))


def _listed(arithmetic: Arithmetic, settings: Settings) -> list[Check]:
    """The calculations that are findings: those that fail, and on request those that hold."""
    fails = Relation.CONTRADICTION in settings.relations and settings.min_score <= FAILED
    return [check for check in arithmetic.checks if (settings.arithmetic if check.holds else fails)]


def _in_period(documents: Sequence[Document], settings: Settings, rules: Rules) -> tuple[list[Document], list[Skipped]]:
    """The documents published within the period that both the settings and the rules of an archive let be compared, and
    those left out with the reason; undated ones stay."""
    asked = rules_of(settings)
    kept, left_out = [], []
    for document in documents:
        outside = asked.outside(document.date) or rules.outside(document.date)
        if outside:
            left_out.append(Skipped(document.path, f"published {outside}"))
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


def _strongest(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Of two sentences' verdicts the strongest few, each figure once: two lists of ten make no hundred pairs."""
    best: dict[tuple[str, int, str, int], list[Verdict]] = {}
    for verdict in verdicts:
        a, b = sorted((verdict.pair.a, verdict.pair.b), key=lambda claim: claim.key)
        best.setdefault((a.document.id, a.sentence.start, b.document.id, b.sentence.start), []).append(verdict)
    kept = []
    for rivals in best.values():
        rivals.sort(key=lambda verdict: (_converted(verdict.pair), -verdict.score, verdict.id))
        used: set[str] = set()
        for verdict in rivals[:]:
            keys = {verdict.pair.a.key, verdict.pair.b.key}
            if used and _converted(verdict.pair):  # says of the same two sentences the same once more
                break
            if not keys & used and len(used) < 2 * MOST_PAIRS:
                kept.append(verdict)
                used |= keys
    return sorted(kept, key=lambda verdict: (-verdict.score, verdict.id))


def _converted(pair: Pair) -> bool:
    """Whether both figures only say in parentheses what others of their sentences say in another unit."""
    return converts(pair.a) and converts(pair.b)


MOST_PAIRS = 3  # pairs that two sentences give, each figure in one of them: the contract of pairs.jsonl


def _with(collection: Collection, left_out: Sequence[Skipped]) -> Collection:
    if not left_out:
        return collection
    return replace(collection, not_compared=(*collection.not_compared, *left_out))
