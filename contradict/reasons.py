"""One plain sentence for every verdict: the matter, both figures with their dates and sources, and what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from contradict.arithmetic.totals import adds_up
from contradict.clashes import Clash, ClashKind
from contradict.compare import Comparison, Course, Outcome, course_in_time, days_between, moment, untold
from contradict.lexicon import stem
from contradict.matter import generic
from contradict.types import Claim, Hedge, Kind, Relation, TimeSpan

_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_MONTHS = "January February March April May June July August September October November December".split()
_EVENT_NOUNS = {
    "death": "deaths",
    "injury": "injured",
    "missing": "missing",
    "homeless": "homeless",
    "evacuation": "evacuated",
    "case": "cases",
    "arrest": "arrests",
    "rescue": "rescued",
    "hospital": "in hospital",
    "arrival": "arrivals",
    "combat": "still fighting",
    "flight": "fled",
    "recruitment": "recruits",
    "aid": "aid",
    "trapped": "trapped",
    "quarantine": "in quarantine",
    "vaccine": "vaccinations",
    "destruction": "destroyed",
    "protest": "at the protest",
    "leak": "leak",
    "votes": "votes",
}


def matter_of(a: Claim, b: Claim) -> str:
    """What both claims are about, at most a dozen words: what is counted, the event, the place they share."""
    counted = _counted(a, b)
    events = sorted((a.matter.events & b.matter.events) or a.matter.events or b.matter.events)
    nouns = [_EVENT_NOUNS[event] for event in events if event in _EVENT_NOUNS]
    words = set(counted.lower().split())
    label = counted
    if (
        nouns
        and not any(set(noun.split()) & words for noun in nouns)
        and (generic(a.matter.head) or generic(b.matter.head) or not counted)
    ):
        label = f"{counted} ({nouns[0]})" if counted else nouns[0]
    if not label:
        label = _topic(a, b)
    shared = a.matter.places & b.matter.places
    if not shared and a.kind is not Kind.CLAIM:
        shared = a.matter.places if a.matter.placed else b.matter.places
    shown = [_capital(place) for place in sorted(shared)[:2]]
    if shown and not any(place.lower() in label.lower() for place in shown):
        label += f", {' and '.join(shown)}"
    return label[:1].upper() + label[1:]


def _counted(a: Claim, b: Claim) -> str:
    """The more telling of the two phrases for what is counted."""
    phrases = [claim.figure.counted for claim in (a, b) if claim.figure is not None and claim.figure.counted]
    specific = [phrase for phrase in phrases if not generic(phrase.lower().split()[-1])]
    chosen = specific or phrases
    return " ".join(min(chosen, key=lambda phrase: (len(phrase), phrase)).split()[:8]) if chosen else ""


def _topic(a: Claim, b: Claim) -> str:
    """Names and words that both clauses share, where neither says what is counted."""
    shared = sorted(a.matter.clause & b.matter.clause, key=lambda word: (-len(word), word))
    if a.figure is not None:
        return " ".join(shared[:3]) or "the same figure"
    names = sorted((a.matter.names & b.matter.names) - a.matter.places)[:2]
    words = [word for word in shared if not any(word in stem(name) or stem(name) in word for name in names)]
    chosen = {*names, *words[: 3 - len(names)]}
    return " ".join(_as_written(chosen, a.sentence.text)) or "the same matter"


def _as_written(chosen: Set[str], text: str) -> list[str]:
    """Names and stems as a text has them, in its order."""
    found: dict[str, tuple[int, str]] = {}
    for word in _WORDS.finditer(text):
        low = word.group().lower()
        found.setdefault(stem(low) if stem(low) in chosen else low, (word.start(), word.group()))
    for name in chosen - found.keys():  # of several words
        match = re.search(re.escape(name), text, re.IGNORECASE)
        found[name] = (match.start(), match.group()) if match else (len(text), _capital(name))
    return [written for _, written in sorted(found[each] for each in chosen)]


def _capital(name: str) -> str:
    """A name or a place, which a matter has in lower case, as it is written: "Norway", "UN"."""
    return name.title() if len(name) > 3 else name.upper()


def reason(
    a: Claim,
    b: Claim,
    relation: Relation,
    comparison: Comparison | None,
    *,
    same_speaker: bool | None,
    against: str = "",
) -> str:
    """Why the pair stands as it does; `a` is the earlier.

    `against` is the evidence that speaks most against one matter.
    """
    head = f"{matter_of(a, b)}: {_statement(a)}, {_statement(b)}"
    parts = [head]
    if same_speaker and a.speaker is not None:
        parts.append(f"both from {a.speaker.name}")
    if joint := _joint(a, b):
        parts.append(joint)
    parts.append(_conclusion(a, b, relation, comparison, against))
    return "; ".join(parts) + "."


def claim_reason(a: Claim, b: Claim, relation: Relation, found: Sequence[Clash], *, same_speaker: bool | None) -> str:
    """Why two claims stand as they do, naming what clashes in them; `a` is the earlier."""
    parts = [f"{matter_of(a, b)}: {_who(a)} against {_who(b)}"]
    if relation is Relation.AGREEMENT:
        return f"{parts[0]}; both say the same."
    if relation is Relation.UNRELATED:
        return f"{parts[0]}; neither rules out the other."
    if same_speaker and a.speaker is not None:
        parts.append(f"both from {a.speaker.name}")
    parts += [_clash(clash) for clash in found[:NAMED_CLASHES]] or ["the two statements rule each other out"]
    gap = _untold(a, b) or _gap(a, b)
    if relation is Relation.UPDATE:
        parts.append(f"{gap}, so an update")
    else:
        parts.append(f"{gap}, so a contradiction" if gap else "so a contradiction")
    return "; ".join(parts) + "."


NAMED_CLASHES = 2  # the most telling come first; more would hide them


def _clash(clash: Clash) -> str:
    one, other = (f"“{_short(side)}”" for side in (clash.a, clash.b))
    if clash.kind is ClashKind.NEGATION and not (clash.a and clash.b):
        return f"only one denies it ({one if clash.a else other})"
    word = {
        ClashKind.NEGATION: "one denies what the other does not",
        ClashKind.OPPOSITE: "opposite words",
        ClashKind.NAME: "another name",
        ClashKind.PLACE: "another place",
        ClashKind.DATE: "another date",
        ClashKind.YEAR: "another year",
        ClashKind.FIGURE: "another figure",
    }[clash.kind]
    return f"{word} ({one} against {other})"


def _who(claim: Claim) -> str:
    """Who says it and when: the speaker, else the outlet."""
    when = moment(claim)
    name = claim.speaker.name if claim.speaker is not None else claim.document.source or claim.document.title
    return f"{_short(name or claim.document.id)}{f' {_on(when)}' if when else ''}"


def _statement(claim: Claim) -> str:
    when = moment(claim)
    who = (
        claim.speaker.name
        if claim.speaker is not None
        else claim.document.source or claim.document.title or claim.document.id
    )
    return f"{_said(claim)}{f' {_on(when)}' if when else ''} ({_short(who)})"


def _said(claim: Claim) -> str:
    if claim.figure is None:
        return claim.said
    text = " ".join(claim.figure.surface.split())
    if claim.figure.per and claim.figure.per not in text.lower():
        text += f" a {claim.figure.per}"
    return text


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= 60 else f"{name[:57]}..."


def _on(when: TimeSpan) -> str:
    """ "on 1 August 2022", "in June 2023", "in 2023", "between ... and ..."."""
    first, last = when.start, when.end
    if first == last:
        return f"on {first.day} {_MONTHS[first.month - 1]} {first.year}"
    text = str(when)
    if len(text) == 7:
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    if len(text) == 4:
        return f"in {text}"
    return f"between {first.day} {_MONTHS[first.month - 1]} and {last.day} {_MONTHS[last.month - 1]} {last.year}"


def _joint(a: Claim, b: Claim) -> str:
    """Tells where one figure names several places and the other one of them: it may be meant jointly or of each."""
    for one, other in ((a, b), (b, a)):
        if (
            one.figure is not None
            and one.matter.placed
            and len(one.matter.places) > len(other.matter.places) >= 1
            and one.matter.places & other.matter.places
        ):
            names = " and ".join(map(_capital, sorted(one.matter.places)))
            return f"{one.figure.surface} is said of {names}, jointly or each"
    return ""


def _conclusion(a: Claim, b: Claim, relation: Relation, comparison: Comparison | None, against: str) -> str:
    if relation is Relation.UNRELATED:
        return f"not the same matter{f' ({against})' if against else ''}"
    if comparison is None:
        return "the dates differ, so a contradiction" if relation is Relation.CONTRADICTION else "the dates agree"
    how, gap = course_in_time(a, b), _gap(a, b)
    if relation is Relation.AGREEMENT:
        return _agreement(a, b, comparison)
    any_day = _untold(a, b)
    if relation is Relation.UPDATE:
        what = {
            Course.RUNNING: "a running total",
            Course.STOCK: "a level that moves",
            Course.RATE: "a rate that moves",
        }.get(how, "a later report" if gap and not any_day else "a figure that may move")
        when = f", and {any_day}" if any_day else f" {gap}" if gap else ", and neither is dated"
        return f"{what}{when}, so an update"
    if not any_day and not days_between(a, b):
        return f"{gap or 'no dates to explain the difference'}, so a contradiction"
    if how is Course.FIXED:
        return "a quantity that does not change, so a contradiction"
    if how is Course.RUNNING and comparison.rises is False and not any_day:
        return f"a running total that falls {gap}, so a contradiction"
    return f"{any_day or gap}, yet that does not explain the difference, so a contradiction"


def _untold(a: Claim, b: Claim) -> str:
    """That nothing tells how much later the one is, in words; empty where something does."""
    if not untold(a, b):
        return ""
    return "hours may lie between" if moment(a) == moment(b) else "any time may lie between"


def _agreement(a: Claim, b: Claim, comparison: Comparison) -> str:
    hedged = any(claim.figure is not None and claim.figure.hedge is not Hedge.EXACT for claim in (a, b))
    if comparison.outcome is Outcome.EQUAL:
        return "the same figure"
    if comparison.outcome is Outcome.APART:
        sum_of = adds_up(a, b)
        return f"{sum_of}, so they agree" if sum_of else "near enough to agree"
    return "the hedge of one allows the other, so they agree" if hedged else "one rounds the other, so they agree"


def _gap(a: Claim, b: Claim) -> str:
    """The time between the moments of two claims in words; empty where one is unknown."""
    one, other, days = moment(a), moment(b), days_between(a, b)
    if one is None or other is None or days is None:
        return ""
    days = abs(days)
    if days == 0:
        return "the same day" if one.days == other.days == 1 else "the same time"
    if days == 1:
        return "a day later"
    if days < 60:
        return f"{days} days later"
    months = round(days / 30.44)
    return f"{months} months later" if months < 24 else f"{round(days / 365.25)} years later"
