"""What the head of claims learns from: what was written for it, pairs of news labelled or not, alterations of both.

A row is taken for a contradiction where two accounts of one matter cannot both stand, whatever the days between them:
what time explains is decided after the head. Rewrites, near misses and sentences retold come from the quarters of their
files that the entailment judge was not trained on; neutral companions and near misses are unrelated. Of labelled pairs
of news, updates count as contradictions. Unlabelled pairs are those that a scan would ask the judge about;
contradictions are so rare among them (one in some hundreds, by reading) that all are taken for unrelated.

Alterations (`nli_alter.py`) make up for what the rewrites lack. Whoever invents a conflict keeps more of the wording
than whoever rewords faithfully, so that the wording gives the label away; a faithful rewrite with one name, day,
number, denial or opposite changed does not. An altered name, day or number is a conflict only where the other side had
it: what it never said can be anything. An altered sentence on another matter is on another matter still.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nli_alter import ALTERATIONS, PERSON, Names, is_person
from records import read_records
from rewritten import read_items, read_retold

from contradict.alignment import align
from contradict.assertions import read_assertion
from contradict.claim_pairs import related, without_furniture
from contradict.claims import pairable, read_claims
from contradict.documents import document_from_text
from contradict.encoders import load_encoder
from contradict.isodates import read_iso
from contradict.judging import read_pair
from contradict.pairs import pairs_of
from contradict.passages import passage_claims
from contradict.sentences import read_sentences
from contradict.types import LISTED, Claim, Document, Pair, Relation, Sentence, TimeSpan
from contradict.verdicts import judge_groups, load_head

DAY = TimeSpan(date(2020, 1, 1), date(2020, 1, 1))
CLOSE = 0.5  # share of the words in common from which the sense of a whole sentence can be turned, not only one slot
ALTERED = {Relation.AGREEMENT: 2, Relation.UNRELATED: 1}  # of one labelled pair
ALTERED_REWRITES = 3  # of one faithful rewrite
TURNING = frozenset(("negation", "opposite"))  # alterations of the sentence as a whole
ALTERED_WEIGHT = 0.5
# Lots of `claim_labels.jsonl` by what learns from them; the last teaches nothing and tells what was learned.
OF_JUDGE, OF_HEAD, MEASURED = (1, 2, 4, 5), (6, 7), (3,)
SAME_IN_OTHER_WORDS = frozenset(("double_negation", "wording", "other_measure"))  # kinds of near misses

# what two sentences of one item are to each other, where it has them
REWRITTEN = (
    ("text", "conflict", Relation.CONTRADICTION),
    ("faithful", "conflict", Relation.CONTRADICTION),
    ("text", "faithful", Relation.AGREEMENT),
    ("text", "neutral", Relation.UNRELATED),
    ("faithful", "neutral", Relation.UNRELATED),
)
TOLD_ANEW = (
    ("text", "conflict", Relation.CONTRADICTION),
    ("same", "conflict", Relation.CONTRADICTION),
    ("text", "same", Relation.AGREEMENT),
    *((told, near, Relation.UNRELATED) for told in ("text", "same") for near in ("near_1", "near_2")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Two claims with what they are taken for; rows of one item share what they were made from."""

    source: str
    item: str
    pair: Pair
    relation: Relation
    weight: float = 1.0


def rewrites(path: Path) -> Iterator[Row]:
    """The pairs of the items that the judge was not trained on."""
    return _written(read_items(path, held_out=True), "rewrites", REWRITTEN)


def near_misses(path: Path) -> Iterator[Row]:
    """The same of what other articles tell of a matter; what only looks like a conflict is taken for unrelated, or for
    agreement where it tells the same in other words."""
    return _written(read_items(path, held_out=True), "near misses", TOLD_ANEW)


def retold(path: Path, news: Path) -> Iterator[Row]:
    """The same of real sentences."""
    return _written(read_retold(path, news, held_out=True), "retold", TOLD_ANEW)


def _written(items: Iterable[dict[str, str]], source: str, sides: Sequence[tuple[str, str, Relation]]) -> Iterator[Row]:
    for item in items:
        for one, other, relation in sides:
            if one in item and other in item:
                a, b = (_claim(item[side], f"{item['id']}/{side}") for side in (one, other))
                worded = item.get(other.replace("near_", "near_kind_")) in SAME_IN_OTHER_WORDS
                if a is not None and b is not None:
                    taken = Relation.AGREEMENT if worded else relation
                    yield Row(source, item["text"], Pair(a, b, 0.0, 0.0), taken)


def _claim(text: str, name: str) -> Claim | None:
    return read_assertion(Sentence(Document(id=name, path=name, text=text, date=DAY), 0, 0, len(text)))


def labelled(path: Path) -> Iterator[Row]:
    """Pairs of sentences of news articles, each labelled with the guideline."""
    for record in read_records(path):
        row = read_pair(record, record["id"])
        sentences = (passage_claims(side, f"{row.id}/{name}")[0] for side, name in ((row.a, "a"), (row.b, "b")))
        a, b = map(read_assertion, sentences)
        if a is not None and b is not None:
            yield Row("labelled", str(row.id), Pair(a, b, 0.0, 0.0), _taken_for(record))


def _taken_for(label: dict[str, Any]) -> Relation:
    """What a labelled pair is taken for, whatever the days between."""
    relation = Relation(label["relation"])
    return Relation.CONTRADICTION if relation is Relation.UPDATE else relation


def altered(rows: Sequence[Row], *, seed: int) -> Iterator[Row]:
    """Rows of one matter with the second side altered into a conflict, or where it says more than the first; rows of
    two matters with it altered in any way.
    """
    names = Names(sorted({m[0] for row in rows for m in PERSON.finditer(row.pair.a.sentence.text) if is_person(m[0])}))
    for row in rows:
        wanted = ALTERED_REWRITES if row.source == "rewrites" else ALTERED.get(row.relation, 0)
        if row.relation not in ALTERED or (row.source == "rewrites" and row.relation is not Relation.AGREEMENT):
            continue
        rng = random.Random(f"{seed}/{row.item}")
        for kind in rng.sample(sorted(ALTERATIONS), len(ALTERATIONS)):
            if wanted and (found := _altered(row, kind, names, rng)) is not None:
                wanted -= 1
                yield found


def _altered(row: Row, kind: str, names: Names, rng: random.Random) -> Row | None:
    a, b = row.pair.a, row.pair.b
    text = ALTERATIONS[kind](b.sentence.text, rng, names)
    other = _put(b, text) if text else None
    if other is None:
        return None
    relation = row.relation
    if relation is Relation.AGREEMENT:
        if sorted(text.split()) == sorted(b.sentence.text.split()):
            return None  # two names exchanged: what each of them did may be told, or not
        before, after = align(a, b), align(a, other)
        lost = len(after.matched) < len(before.matched)
        if kind in TURNING:
            if row.source != "rewrites" and min(before.covered) < CLOSE:
                return None
            relation = Relation.CONTRADICTION
        elif lost:
            relation = Relation.CONTRADICTION
        elif row.source == "rewrites":
            return None  # the first side may have had it in other words
    return Row("altered", row.item, Pair(a, other, 0.0, 0.0), relation, ALTERED_WEIGHT)


def _put(claim: Claim, text: str) -> Claim | None:
    """The claim with another sentence in its place in its document."""
    document, sentence = claim.document, claim.sentence
    whole = document.text[: sentence.start] + text + document.text[sentence.end :]
    held = Document(id=f"{document.id}/altered", path=document.path, text=whole, date=document.date)
    return read_assertion(Sentence(held, 0, sentence.start, sentence.start + len(text)))


def listed(path: Path, news: Path, *, lots: Container[int]) -> Iterator[Row]:
    """Pairs that a scan of news listed, or nearly, each read and labelled (`claim_labels.jsonl`): some lots of them."""
    labels = [label for label in read_records(path) if label["lot"] in lots]
    wanted = {label[side]["document"] for label in labels for side in ("a", "b")}
    claims = {
        (claim.document.id, claim.sentence.start): claim
        for record in read_records(news)
        if record["id"] in wanted
        for claim in _claims(record)
    }
    found = 0
    for label in labels:
        a, b = (claims.get((label[side]["document"], label[side]["start"])) for side in ("a", "b"))
        if a is not None and b is not None:
            found += 1
            item = f"week {a.document.date.start.isocalendar()[:2] if a.document.date else None}"  # one event's
            yield Row("listed", item, Pair(a, b, 0.0, 0.0), _taken_for(label))
    print(f"{found} of {len(labels)} listed pairs found again", file=sys.stderr)


def untold_by_figures(rows: Sequence[Row]) -> list[Row]:
    """The rows but for those whose figures differ by themselves: a scan lists these as figures."""
    sides = [(_stated(row.pair.a), _stated(row.pair.b)) for row in rows]
    judged = judge_groups(pairs_of(sides, load_encoder()), load_head())
    told = [any(verdict.relation in LISTED for verdict in verdicts) for verdicts in judged]
    return [row for row, known in zip(rows, told, strict=True) if not known]


def _stated(claim: Claim) -> list[Claim]:
    """The figures and dates of its sentence that are compared."""
    return [held for held in read_claims(claim.sentence)[0] if pairable(held)]


Week = tuple[int, int]
"""Year and number of a week, as ISO 8601 counts them."""


def asked_about(
    news: Path,
    *,
    articles: int,
    seed: int,
    after: int = 0,
    budget: int | None = None,
    without: Container[Week] = (),
) -> tuple[Pair, ...]:
    """The pairs of real sentences that a scan of all articles of some weeks would ask about, the likeliest first.

    The weeks are in a seeded order; those of the first `after` articles are passed over, and those of `without`.
    """
    by_week: dict[Week, list[dict[str, Any]]] = defaultdict(list)
    for record in read_records(news):
        week = _week(record)
        if week is not None and week not in without:
            by_week[week].append(record)
    weeks = sorted(by_week)
    random.Random(seed).shuffle(weeks)
    claims: list[Claim] = []
    count = 0
    for week in weeks:
        if count >= after + articles:
            break
        if count >= after:
            claims += [claim for record in by_week[week] for claim in _claims(record)]
        count += len(by_week[week])
    print(f"up to article {count}, {len(claims)} claims", file=sys.stderr)
    return related(without_furniture(claims), budget=budget).pairs


def weeks_measured(labels: Path, news: Path) -> frozenset[Week]:
    """The weeks of the articles whose labelled pairs teach nothing and tell what is learned (`claim_labels.jsonl`)."""
    read = [label for label in read_records(labels) if label["lot"] in MEASURED]
    held = {label[side]["document"] for label in read for side in ("a", "b")}
    return frozenset(week for record in read_records(news) if record["id"] in held and (week := _week(record)))


def _week(record: dict[str, Any]) -> Week | None:
    day = _published(record)
    return day.start.isocalendar()[:2] if day is not None else None


def _published(record: dict[str, Any]) -> TimeSpan | None:
    try:
        return read_iso(record["date"])
    except ValueError:
        return None


def _claims(record: dict[str, Any]) -> Iterator[Claim]:
    published = _published(record)
    if published is None:
        return
    document = document_from_text(record["text"], path="news", id=record["id"], source=record["source"], date=published)
    for sentence in read_sentences(document):
        claim = read_assertion(sentence)
        if claim is not None:
            yield claim
