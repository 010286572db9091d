"""Scans made up for the tests of the report, and the few checks that they are what they claim to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contradict.types import (
    Check,
    CheckKind,
    Claim,
    Collection,
    Copy,
    Document,
    Figure,
    Finding,
    Hedge,
    Interval,
    Kind,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Role,
    Scan,
    Sentence,
    Skipped,
    Speaker,
    Statement,
    Term,
    TermRole,
    TimeSpan,
    Verdict,
    digest,
)


def day(iso: str) -> TimeSpan:
    return TimeSpan(date.fromisoformat(iso), date.fromisoformat(iso))


def article(
    name: str,
    text: str,
    *,
    source: str = "Harbour Post",
    on: str | None = "2024-03-02",
    title: str = "",
    url: str = "",
) -> Document:
    return Document(
        id=name, path=f"{name}.txt", text=text, title=title, source=source, date=day(on) if on else None, url=url
    )


def figure(sentence: str, surface: str, *, low: str | None, high: str | None, hedge: Hedge = Hedge.EXACT) -> Figure:
    start = sentence.index(surface)
    return Figure(
        start=start,
        end=start + len(surface),
        surface=surface,
        value=Decimal(low) if low is not None and low == high else None,
        low=Decimal(low) if low is not None else None,
        high=Decimal(high) if high is not None else None,
        hedge=hedge,
        role=Role.COUNT,
    )


def claim(
    document: Document,
    sentence: str,
    surface: str = "",
    *,
    low: str | None = None,
    high: str | None = None,
    speaker: str | None = None,
    as_of: str | None = None,
) -> Claim:
    """A claim of the sentence, which must stand in the document; with a figure where `surface` is given."""
    start = document.text.index(sentence)
    return Claim(
        sentence=Sentence(document, 0, start, start + len(sentence)),
        kind=Kind.FIGURE if surface else Kind.CLAIM,
        matter=Matter(),
        figure=figure(sentence, surface, low=low, high=high) if surface else None,
        speaker=Speaker(speaker, 0, 0) if speaker else None,
        as_of=day(as_of) if as_of else None,
    )


def verdict(
    a: Claim,
    b: Claim,
    relation: Relation = Relation.CONTRADICTION,
    *,
    score: float = 0.9,
    reason: str = "The two figures cannot both be true.",
    matter: str = "people rescued",
    same_speaker: bool | None = None,
) -> Verdict:
    sure = {kind.value: 0.0 for kind in Relation}
    listed = relation if relation in (Relation.CONTRADICTION, Relation.UPDATE) else Relation.CONTRADICTION
    sure[listed.value] = score
    sure[Relation.UNRELATED.value] = 1 - score
    return Verdict(
        pair=Pair(a, b, similarity=0.8, clause_similarity=0.7),
        relation=relation,
        kind=a.kind if relation is not Relation.UNRELATED else Kind.NONE,
        probabilities=Probabilities(**sure),
        reason=reason,
        matter=matter,
        same_speaker=same_speaker,
        same_source=a.document.source == b.document.source,
    )


def statement(of: Claim) -> Statement:
    return Statement(
        date=of.as_of or of.document.date,
        low=of.figure.low if of.figure else None,
        high=of.figure.high if of.figure else None,
        said=of.said,
        speaker=of.speaker.name if of.speaker else None,
        source=of.document.source,
        document=of.document.id,
    )


def finding(*verdicts: Verdict, timeline: Sequence[Claim] | None = None) -> Finding:
    claims = timeline
    if claims is None:
        claims = list({side.key: side for each in verdicts for side in (each.pair.a, each.pair.b)}.values())
    first = verdicts[0]
    return Finding(
        id=digest(*(each.id for each in verdicts)),
        matter=first.matter,
        relation=first.relation,
        score=first.score,
        verdicts=verdicts,
        timeline=tuple(statement(each) for each in claims),
    )


def scan(
    *findings: Finding,
    others: Sequence[Verdict] = (),
    skipped: Sequence[Skipped] = (),
    not_compared: Sequence[Skipped] = (),
    copies: Sequence[Copy] = (),
    notes: Sequence[Skipped] = (),
    settings: dict[str, object] | None = None,
) -> Scan:
    listed = [each for one in findings for each in one.verdicts]
    documents = {side.document.id: side.document for each in (*listed, *others) for side in (each.pair.a, each.pair.b)}
    return Scan(
        collection=Collection(
            documents=tuple(documents.values()),
            skipped=tuple(skipped),
            copies=tuple(copies),
            not_compared=tuple(not_compared),
            notes=tuple(notes),
        ),
        verdicts=(*others, *listed),
        findings=findings,
        counts={"documents": len(documents), "pairs": len(listed) + len(others), "findings": len(findings)},
        seconds={"documents": 0.25, "pairs": 1.5},
        settings=settings or {},
        models={"encoder": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"},
    )


HARBOUR = article(
    "harbour/ferry",
    "The ferry ran aground at dawn. Rescuers brought 214 passengers ashore before noon. Nobody was hurt, it was said.",
    title="Ferry runs aground off Skarholm",
    url="https://harbour.example/ferry",
)
GAZETTE = article(
    "gazette/ferry",
    "A ferry is stuck on the rocks.\n"
    "The coastguard counted about 260 people taken off the ship on Saturday.\n"
    "Divers are on their way.",
    source="Island Gazette",
    on="2024-03-03",
    title="Hundreds taken off stranded ferry",
)


def ferry_claims() -> tuple[Claim, Claim]:
    return (
        claim(HARBOUR, "Rescuers brought 214 passengers ashore before noon.", "214", low="214", high="214"),
        claim(
            GAZETTE,
            "The coastguard counted about 260 people taken off the ship on Saturday.",
            "about 260",
            low="234",
            high="286",
            speaker="the coastguard",
        ),
    )


def ferry_scan() -> Scan:
    """One contradiction between two outlets, one agreement beside it, a copy, something skipped."""
    a, b = ferry_claims()
    conflict = verdict(a, b, reason="People rescued from the ferry: 214 or about 260, both on 2 March 2024.")
    unhurt, divers = claim(HARBOUR, "Nobody was hurt, it was said."), claim(GAZETTE, "Divers are on their way.")
    quiet = verdict(unhurt, divers, Relation.UNRELATED)
    return scan(
        finding(conflict),
        others=[quiet],
        skipped=[Skipped("scans/photo.txt", "not text")],
        not_compared=[Skipped("scans/fr.txt", "language not spoken by the models: fr")],
        notes=[Skipped("scans/ferry.txt", "the id was not unique", count=2)],
        copies=[Copy("wire/ferry.txt", "North Wire", day("2024-03-02"), HARBOUR.id)],
    )


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]>",
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\u202eright to left\u2066",
    "lone \ud800 surrogate",
    "=HYPERLINK(1)",
    "[bold red]markup[/] :smile:",
    "{{ 7 * 7 }} {% raw %}",
    "nul \x00 escape \x1b[31m bell \x07 next \x85 line \u2028 paragraph \u2029",
    "| table ` code ** bold [a](javascript:alert(1))",
    "&lt;b&gt; &amp; 'quotes'",
    "astral \U0001f6a2 ship",
)


def hostile_scan() -> Scan:
    """Every hostile text in every field that an article can fill, the figure right behind it."""
    findings = []
    for number, text in enumerate(HOSTILE):
        sentence = f"{text} counted 31 boats {text}"
        one, other = (
            claim(
                Document(
                    id=f"{text}{number}{side}",
                    path=f"{text}.txt",
                    text=f"{text} before. {sentence} After {text}.",
                    title=text,
                    source=f"{text}{side}",
                    date=None,
                    url=text if side == "a" else f"javascript:alert('{text}')",
                    version_of=text,
                ),
                sentence,
                "31",
                low="31",
                high="31",
                speaker=text,
            )
            for side in "ab"
        )
        findings.append(finding(verdict(one, other, reason=f"{text} reason", matter=f"{text} matter")))
    first = findings[0].verdicts[0].pair.a.document.id
    return scan(
        *findings,
        skipped=[Skipped(text, text) for text in HOSTILE],
        not_compared=[Skipped(text, text) for text in HOSTILE],
        notes=[Skipped(text, text) for text in HOSTILE],
        copies=[Copy(text, text, None, first) for text in HOSTILE],
        settings={text: text for text in HOSTILE},
    )


def long_scan() -> Scan:
    """Two articles of one line each, 100,000 characters, with the figure in the middle."""
    one, other = (
        claim(
            article(f"long/{side}", "word " * 10_000 + f"{number} boats " + "word " * 10_000, source=f"Long {side}"),
            "word " * 10_000 + f"{number} boats " + "word " * 10_000,
            number,
            low=number,
            high=number,
        )
        for side, number in (("a", "31"), ("b", "64"))
    )
    return scan(finding(verdict(one, other)))


def summed_scan() -> Scan:
    """A sum that does not come out, of three figures in one sentence, and no pair."""
    text = "The coastguard counted 120 people on board: 70 passengers and 40 sailors."
    document = article("harbour/sum", text)
    parts, whole = [claim(document, text, each, low=each, high=each) for each in ("70", "40")], "120"
    terms = [Term(TermRole.PART, each) for each in parts]
    terms.append(Term(TermRole.WHOLE, claim(document, text, whole, low=whole, high=whole)))
    check = Check(
        kind=CheckKind.SUM,
        terms=tuple(terms),
        expected=Interval(Decimal(110), Decimal(110)),
        stated=Interval(Decimal(120), Decimal(120)),
        holds=False,
        reason="70 + 40 = 110, but 120 is stated.",
        matter="People on board: parts and whole",
    )
    made = scan(
        Finding(
            id=check.id,
            matter=check.matter,
            relation=Relation.CONTRADICTION,
            score=0.8,
            verdicts=(),
            timeline=tuple(statement(each) for each in check.claims),
            check=check,
        )
    )
    return replace(made, collection=replace(made.collection, documents=(document,)))


def large_scan(count: int) -> Scan:
    """`count` findings of three pairs, of sentences of ordinary length, each from articles of its own."""
    findings = []
    for number in range(count):
        claims = []
        for place, value in enumerate((number + 100, number * 2 + 150, number * 3 + 190)):
            sentence = f"Officials in district {number} said that {value} households had asked for help with repairs."
            around = f"The storm passed over district {number} in the night and left roofs open to the rain. " * 6
            text = f"{around}{sentence} {around}"
            name = f"district-{number}-{place}"
            source, title = f"Outlet {(number + place) % 40}", f"Repairs in district {number}"
            document = article(name, text, source=source, title=title)
            claims.append(claim(document, sentence, str(value), low=str(value), high=str(value), speaker="officials"))
        pairs = [(claims[i], claims[j], 0.9 - i / 10) for i, j in ((0, 1), (1, 2), (0, 2))]
        reason = f"Households in district {number} that asked for help: the officials gave two figures on one day."
        matter = f"households in district {number} that asked for help"
        judged = [verdict(a, b, reason=reason, matter=matter, score=score) for a, b, score in pairs]
        findings.append(finding(*judged))
    return scan(*findings)


def test_the_made_up_sentences_stand_at_their_offsets() -> None:
    for each in (*ferry_scan().verdicts, *hostile_scan().verdicts):
        for side in (each.pair.a, each.pair.b):
            if side.figure is not None:
                assert side.sentence.text[side.figure.start : side.figure.end] == side.figure.surface


def test_the_made_up_findings_have_ids_of_their_own() -> None:
    assert len({each.id for each in hostile_scan().findings}) == len(HOSTILE)
