"""schema.org ClaimReview (JSON-LD) of the contradictions that reviewers hold.

Only what they decided is said: with a trusted statement the others are contradicted by it; without one, each is
contradicted by another report, and which is right is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contradict.report.escaping import json_page, web_link
from contradict.report.loading import Report
from contradict.report.records import Record
from contradict.review.described import claims_of
from contradict.review.records import Choice
from contradict.review.state import Standing, Status
from contradict.types import Claim, Finding

_WORST, _BEST = 1, 5  # the scale of schema.org's Rating as fact-checkers use it: 1 is false, 5 is true
_CONTRADICTED, _OPEN = 2, 3


def claim_reviews(report: Report, final: Mapping[str, Standing]) -> str:
    """A JSON-LD document with a ClaimReview for each statement that is held to be contradicted."""
    graph = [
        review
        for finding in report.findings
        if finding.id in final
        if final[finding.id].decision.decision is Choice.CONTRADICTION
        if final[finding.id].status is not Status.CHANGED  # not decided on the text as it is now
        for review in _reviews(finding, final[finding.id])
    ]
    return json_page({"@context": "https://schema.org", "@graph": graph}) + "\n"


def _reviews(finding: Finding, standing: Standing) -> Iterator[Record]:
    claims = claims_of(finding)
    trusted = next((claim for claim in claims if claim.statement == standing.decision.trusted), None)
    reviewed = [claim for claim in claims[:2] if claim is not trusted]
    for claim in reviewed:
        against = trusted or next((other for other in claims[:2] if other is not claim), None)
        yield _review(finding, standing, claim, against, settled=trusted is not None)


def _review(finding: Finding, standing: Standing, claim: Claim, against: Claim | None, *, settled: bool) -> Record:
    decision = standing.decision
    words = "Contradicted" if settled else "Disputed"
    who = f" by {against.document.source or against.document.path}" if against is not None else ""
    record: Record = {
        "@type": "ClaimReview",
        "@id": f"urn:contradict:{finding.id}:{claim.statement}",
        "datePublished": decision.at[:10],
        "author": {"@type": "Person", "name": decision.reviewer},
        "claimReviewed": claim.sentence.text,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _CONTRADICTED if settled else _OPEN,
            "worstRating": _WORST,
            "bestRating": _BEST,
            "alternateName": f"{words}{who}",
        },
        "itemReviewed": _claim(claim),
    }
    body = decision.note
    if against is not None:
        body = f"{body}\n\n" if body else ""
        body += f"Against it: {against.sentence.text}"
    return record | {"reviewBody": body}


def _claim(claim: Claim) -> Record:
    document = claim.document
    outlet = {"@type": "Organization", "name": document.source or document.path}
    author = {"@type": "Thing", "name": claim.speaker.name} if claim.speaker is not None else outlet
    article: Record = {"@type": "Article", "headline": document.title or document.path, "publisher": outlet}
    if link := web_link(document.url):
        article["url"] = link
    record: Record = {"@type": "Claim", "text": claim.sentence.text, "author": author, "appearance": article}
    if document.date is not None:
        article["datePublished"] = str(document.date.start)
        record["datePublished"] = str(document.date.start)
    return record
