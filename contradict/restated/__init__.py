"""A hypothesis in the figures and dates of its premise, so that an entailment network need not compare numbers.

A network that reads words in pieces is a poor judge of which of two numbers is the larger, and BERT's pieces are the
least exact of all that were tried (Wallace, Wang, Li, Singh and Gardner 2019, "Do NLP Models Know Numbers? Probing
Numeracy in Embeddings"). It knows well what "not" does. So a figure of the hypothesis that its counterpart in the
premise bears out is told as the premise has it; where a bound of either rules the other out, "not" and the figure of
the premise stand in its place. "At least 10,000 were hurt" is read as "16,527 were hurt" beside "16,527 people were
hurt", and as "not 9,400 were hurt" beside "9,400 people were hurt". A number within a bound of the premise ("16,000"
beside "more than 10,000") is told as the bound, too, and it is remembered that it does not follow. So are bounds in
time: "before 2014" is read as "in 2011" beside "in 2011", and as "not in 2016" beside "in 2016". All else stays as it
is. Whether both speak of one thing is for the network to see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import merge

from contradict.restated import dates, figures
from contradict.restated.changes import Standing
from contradict.worded import said_again

# Where a figure that is borne out bears nothing out: "did not sell more than 200", "all with more than 50 must".
_TURNED = re.compile(
    r"\b(?:not|never|no|none|nobody|nor|neither|without|hardly|cannot|few|fail(?:s|ed)?|refus(?:e[sd]?|ing)"
    r"|den(?:y|ies|ied|ying)|any(?:one|body)?|every(?:one|body)?|whoever|must|appl(?:y|ies|ied)|covers?)\b|n['’]t\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:if|unless|whether)\b", re.IGNORECASE)  # no "not" behind these


@dataclass(frozen=True, slots=True)
class Restated:
    """A hypothesis as the network reads it.

    `said` where that is the premise, word for word, and `open` where one of its numbers is only possible by the
    premise, so that it does not follow, whatever the network says of the rest.
    """

    text: str
    open: bool = False
    said: bool = False


def restated(premise: str, hypothesis: str) -> Restated:
    """The hypothesis with the figures and dates of the premise in the place of those that they bear out or leave open,
    or with "not" in the place of bounds that they rule out; other words stay as they are."""
    parts, end, is_open = [], 0, False
    both = () if _is_turned(hypothesis) else (dates.changes(premise, hypothesis), figures.changes(premise, hypothesis))
    for change in merge(*both, key=lambda change: change.start):
        fails = change.standing is Standing.FAILS
        if change.start < end or (fails and _SUPPOSED.search(hypothesis, 0, change.start)):
            continue
        is_open = is_open or change.standing is Standing.OPEN
        parts += [hypothesis[end : change.start], "not " if fails else "", change.told]
        end = change.end
    text = "".join([*parts, hypothesis[end:]])
    return Restated(text, is_open, said=said_again(text, premise))


def _is_turned(text: str) -> bool:
    """Whether a text denies, or says what holds of all; the hedge of a figure ("no more than 5") does neither."""
    hedges = [(figure.start, figure.end) for figure in figures.figures_in(text)]
    return any(not any(start <= found.start() < end for start, end in hedges) for found in _TURNED.finditer(text))


__all__ = ["Restated", "restated"]
