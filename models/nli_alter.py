"""Alterations of one sentence: those that contradict it, and rewordings that keep its sense.

Each takes the sentence and a seeded generator, and gives the altered sentence, or nothing where it does not apply.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

# ---- alterations that contradict ----------------------------------------------------------------------------------

Alter = Callable[[str, random.Random, "Names"], str | None]

_NUMBER = re.compile(
    r"(?<![\w.,$])(\$?)(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w,]*\d)(?!(?:st|nd|rd|th|s)\b)"
    r"(?! (?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_BOUND_BEFORE = re.compile(
    r"(?:more than|at least|over|up to|less than|fewer than|under|nearly|almost|age|aged|No\.)"
    r"\s*$",
    re.IGNORECASE,
)
_SPELLED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPELLED_NUMBER = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
_SCALE = re.compile(r"\b(hundred|thousand|million|billion|trillion)s?\b")
_UNITS = [
    ("days", "weeks", "months", "years"),
    ("minutes", "hours"),
    ("miles", "feet"),
    ("people", "families"),
    ("daily", "weekly", "monthly", "yearly"),
    ("percent", "percentage points"),
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-2]\d)\b(?!-)")
_MONTH = re.compile(r"\b(" + "|".join(m for m in _MONTHS if m != "May") + r")\b")
_DAY = re.compile(r"\b(" + "|".join(_DAYS) + r")\b")
_PLACES = (
    "Afghanistan Argentina Australia Belgium Brazil Britain Canada China Colombia Cuba Egypt France Germany "
    "Greece Haiti Honduras Hungary India Indonesia Iran Iraq Ireland Israel Italy Japan Jordan Kenya Lebanon "
    "Libya Mexico Nigeria Pakistan Poland Qatar Russia Somalia Spain Sudan Sweden Syria Thailand Turkey "
    "Ukraine Venezuela Vietnam Yemen Alabama Alaska Arizona California Colorado Connecticut Florida Georgia "
    "Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota "
    "Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah "
    "Vermont Virginia Wisconsin Baghdad Beijing Berlin Boston Brussels Cairo Chicago Dallas Denver Detroit "
    "Houston Kabul Kiev London Moscow Paris Rome Seattle Tehran Tokyo Toronto"
).split()
_PLACE = re.compile(r"(?<!-)(?<!of )(?<!New )(?<!West )\b(" + "|".join(_PLACES) + r")\b(?! [A-Z])")
PERSON = re.compile(r"(?<![.\w] )\b([A-Z][a-z]{2,} [A-Z][a-z]{2,})\b(?! [A-Z])")
# Between two persons of whom a sentence tells the same: exchanged they still do what they did.
_TOGETHER = re.compile(r",?\s+(?:and|or|with|met|met with)\s+|,\s*", re.IGNORECASE)
_NOT_PERSONS = re.compile(
    r"\b(?:White House|Supreme Court|United States|New York|Prime Minister|Los Angeles|"
    r"North Korea|Democratic|Republican|National|House|Senate|Party|States|The|This|Department|"
    r"University|City|But|When|Now|And|If|While|After|Before|In|On|At|As|For|Since|Like|Even|Both|That|What|Then|So|Mr|Our|"
    r"His|Her|County|Street|President|Sen|Rep|Secretary|Justice|Court|East|West|South|North|Act|America|"
    + "|".join(_MONTHS + _DAYS)
    + r")\b"
)
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|should|did|does|do)\b"
    r"(?! not\b| never\b|n't)(?= [a-z])"
)
_NEGATED = re.compile(r"\b(is|are|was|were|will|would|has|have|had|could|should|did|does|do) (?:not|never) ")
_ABBREVIATED_NOT = re.compile(r"\b(is|are|was|were|would|has|have|had|could|should)n't ")
_REGULAR_PAST = re.compile(
    r"(?<=[a-z] )(announce|approve|arrest|accuse|attack|attend|call|charge|claim|close|"
    r"criticize|decline|demand|endorse|increase|introduce|issue|launch|move|order|promise|propose|raise|"
    r"receive|refuse|release|remove|replace|resolve|serve|sign|support|vote|warn|want|ask|kill|join|"
    r"help|offer|report|return|start|suggest|target|visit)(?:d|ed)\b(?! by)"
)
_IRREGULAR_PAST = {
    "took": "take",
    "gave": "give",
    "made": "make",
    "went": "go",
    "won": "win",
    "told": "tell",
    "met": "meet",
    "sent": "send",
    "wrote": "write",
    "held": "hold",
    "began": "begin",
    "found": "find",
    "knew": "know",
    "saw": "see",
    "spoke": "speak",
    "left": "leave",
    "paid": "pay",
    "brought": "bring",
    "bought": "buy",
    "became": "become",
    "chose": "choose",
    "fell": "fall",
    "got": "get",
}
_IRREGULAR = re.compile(r"(?<=[a-z] )(" + "|".join(_IRREGULAR_PAST) + r")\b")
_OPPOSITES = """rose/fell increased/decreased increase/decrease won/lost win/lose accepted/rejected
approved/rejected confirmed/denied supported/opposed supports/opposes support/oppose began/ended higher/lower
largest/smallest always/never legal/illegal guilty/innocent arrested/released opened/closed open/closed before/after
more/fewer many/few most/few alive/dead peaceful/violent strong/weak public/secret successful/unsuccessful
success/failure agreed/refused allowed/banned allow/ban allows/bans praised/criticized north/south northern/southern
east/west eastern/western up/down above/below inside/outside early/late first/last old/new older/younger young/old
rich/poor safe/dangerous true/false likely/unlikely possible/impossible majority/minority everyone/nobody gained/lost
gains/losses growth/decline growing/shrinking rising/falling raised/lowered raise/lower good/bad better/worse
best/worst democrats/republicans democrat/republican liberal/conservative male/female men/women man/woman
father/mother son/daughter husband/wife brother/sister friend/enemy ally/rival allies/rivals remained/left joined/quit
entered/left arrived/departed survived/died expanded/reduced expand/reduce strengthened/weakened strengthen/weaken
lifted/imposed started/stopped start/stop included/excluded succeeded/failed with/without common/rare domestic/foreign
temporary/permanent voluntary/mandatory winner/loser victory/defeat attacked/defended buy/sell bought/sold lend/borrow
teacher/student optimistic/pessimistic unanimously/narrowly broad/narrow major/minor easy/difficult easily/hardly
increasingly/decreasingly active/inactive armed/unarmed private/public""".split()


def _opposites() -> dict[str, list[str]]:
    table = defaultdict(list)
    for entry in _OPPOSITES:
        a, b = entry.split("/")
        table[a].append(b)
        table[b].append(a)
    return dict(table)


OPPOSITES = _opposites()
_OPPOSITE = re.compile(r"(?<=[a-z,] )(" + "|".join(sorted(OPPOSITES, key=len, reverse=True)) + r")\b")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of persons seen in the news, to put in another's place."""

    persons: list[str]


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def _replace(text: str, match: re.Match[str], new: str, *, group: int = 0) -> str:
    return text[: match.start(group)] + new + text[match.end(group) :]


def change_number(text: str, rng: random.Random, _: Names) -> str | None:
    """Another figure, clearly away from the first, written the same way."""
    match = _pick(_NUMBER, text, rng)
    if match is None or _BOUND_BEFORE.search(text[: match.start()]) or _YEAR.fullmatch(match[2]):
        return _change_spelled(text, rng)
    value, places = float(match[2].replace(",", "")), len(match[2].partition(".")[2])
    factor = rng.choice([0.2, 0.4, 0.5, 0.6, 0.75, 1.3, 1.5, 2, 3, 5, 10])
    new = value * factor if value > 12 else value + rng.choice([-5, -3, -2, -1, 1, 2, 3, 4, 6])
    shape = f"{{:,.{places}f}}" if "," in match[2] or new >= 10000 else f"{{:.{places}f}}"
    written = shape.format(new)
    return None if new <= 0 or written == match[2] else _replace(text, match, written, group=2)


def _change_spelled(text: str, rng: random.Random) -> str | None:
    match = _pick(_SPELLED_NUMBER, text, rng)
    if match is None:
        return None
    return _replace(text, match, rng.choice([w for w in _SPELLED[1:] if w != match[0]]))


def change_unit(text: str, rng: random.Random, _: Names) -> str | None:
    """Another scale or unit after a figure."""
    for family in rng.sample([("hundred", "thousand", "million", "billion", "trillion"), *_UNITS], len(_UNITS) + 1):
        match = _pick(re.compile(r"(?<=\d )(" + "|".join(family) + r")\b"), text, rng)
        if match:
            return _replace(text, match, rng.choice([u for u in family if u != match[0]]))
    return None


def change_date(text: str, rng: random.Random, _: Names) -> str | None:
    """Another year, month or weekday."""
    options = [m for p in (_YEAR, _MONTH, _DAY) if (m := _pick(p, text, rng))]
    if not options:
        return None
    match = rng.choice(options)
    if match[0].isdigit():
        return _replace(text, match, str(int(match[0]) + rng.choice([-9, -5, -4, -3, -2, -1, 1, 2, 3, 4, 6])))
    family = _DAYS if match[0] in _DAYS else _MONTHS
    return _replace(text, match, rng.choice([name for name in family if name != match[0]]))


def change_place(text: str, rng: random.Random, _: Names) -> str | None:
    """Another country, state or city."""
    match = _pick(_PLACE, text, rng)
    return match and _replace(text, match, rng.choice([place for place in _PLACES if place != match[0]]))


def is_person(name: str) -> bool:
    """Whether two capitalised words may be a person's name."""
    return not _NOT_PERSONS.search(name)


def change_person(text: str, rng: random.Random, names: Names) -> str | None:
    """Another person's name, or two persons exchanged of whom the sentence does not tell the same."""
    found = [m for m in PERSON.finditer(text) if is_person(m[0])]
    if not found:
        return None
    a, b = found[0], found[min(1, len(found) - 1)]
    if a[0] != b[0] and not _TOGETHER.fullmatch(text, a.end(), b.start()):
        return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
    match = rng.choice(found)
    new = rng.choice(names.persons)
    return None if new in text else text.replace(match[0], new)


def negate(text: str, rng: random.Random, _: Names) -> str | None:
    """The statement denied, or its denial taken away."""
    for pattern in (_NEGATED, _ABBREVIATED_NOT):
        if match := pattern.search(text):
            return _replace(text, match, match[1] + " ")
    if match := _AUXILIARY.search(text):
        return _replace(text, match, f"{match[0]} {'never' if rng.random() < 0.15 else 'not'}")
    if match := _REGULAR_PAST.search(text):
        return _replace(text, match, f"did not {match[1]}")
    if match := _IRREGULAR.search(text):
        return _replace(text, match, f"did not {_IRREGULAR_PAST[match[1]]}")
    return None


def oppose(text: str, rng: random.Random, _: Names) -> str | None:
    """One word turned into its opposite."""
    match = _pick(_OPPOSITE, text, rng)
    return match and _replace(text, match, rng.choice(OPPOSITES[match[0]]))


ALTERATIONS: dict[str, Alter] = {
    "number": change_number,
    "unit": change_unit,
    "date": change_date,
    "place": change_place,
    "person": change_person,
    "negation": negate,
    "opposite": oppose,
}

# ---- rewordings that keep the sense ---------------------------------------------------------------------------------

_SYNONYMS = """said/stated told/informed killed/slain began/started big/large help/assist nearly/almost
about/around percent/per_cent children/kids show/demonstrate use/utilize however/but also/additionally buy/purchase
get/obtain need/require want/wish important/significant attempt/try tried/attempted ended/finished injured/wounded
gathered/assembled allow/permit allowed/permitted announced/declared asked/requested many/numerous because/since
car/vehicle U.S./United_States officials/authorities lawmakers/legislators quickly/rapidly currently/presently
approximately/roughly job/position problem/issue error/mistake choose/select ability/capacity previously/earlier
whole/entire fight/battle last/past attorney/lawyer cops/police next/following noted/observed added/went_on_to_say
plan/scheme leaders/heads occurred/happened shot/gunned_down died/lost_their_lives criticized/denounced
rejected/turned_down meeting/gathering increase/rise increased/grew decreased/dropped deal/agreement
probe/investigation blast/explosion wrote/penned""".split()
_SAME_SENSE = {
    a.replace("_", " "): b.replace("_", " ")
    for entry in _SYNONYMS
    for a, b in (entry.split("/"), entry.split("/")[::-1])
}
_SYNONYM = re.compile(
    r"(?<=[a-z,] )(" + "|".join(re.escape(w) for w in sorted(_SAME_SENSE, key=len, reverse=True)) + r")(?=[ ,])"
)
_TAIL = re.compile(
    r"(?<!such)(?<!until)(?<!just)(?<!so),? (?:which|who|where|when|while|as|after|although|because|"
    r"adding that|in which|according to)\b[^,]*\.$"
)
_COMMA_TAIL = re.compile(r", [^,]{8,90}\.$")
_INSET = re.compile(r", (?!and |but |or )[^,]{6,70},(?= (?!and|or|but))")
_LEAD = re.compile(r"^(?:However|But|And|Meanwhile|Still|Also|Indeed|Moreover|In addition|Of course|So|Yet|Instead),? ")
_HE_SAID = re.compile(r", (?:he|she|they|[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:said|says|added|wrote)\.$")
_SPEAKER = r"((?:the )?[A-Za-z][\w.]*(?: [A-Za-z][\w.]*){0,3})"
_SAID_LAST = re.compile(r"(.{20,}), " + _SPEAKER + r" (?:said|says)(?: on)?(?: \w+day)?\.")
_SAID_FIRST = re.compile(
    _SPEAKER + r" (?:said|says)(?: on)?(?: \w+day)?(?: that)?"
    r" (?!in |to |at |of |for |on |about |last )([^,].{20,})\."
)
_LEADING = re.compile(
    r"((?:In(?! fact)|On|At|After|Before|During|Since|By|Last|Over|Under|Earlier|Late)"
    r" [^,]{3,50}), (.{20,})\."
)
_TRAILING = re.compile(
    r"(.{20,}) (on \w+day|in (?:19|20)\d\d|(?:last|this|next) (?:week|month|year)|"
    r"in (?:January|February|March|April|June|July|August|September|October|November|December)"
    r"(?: (?:19|20)\d\d)?)\."
)
_DOLLARS = re.compile(r"\$(\d[\d,.]*\d|\d)( (?:million|billion|trillion))?(?![\w-])")
_SMALL = re.compile(r"(?<=[a-z] )([2-9]|1[0-2])(?= [a-z])")
_EXACT = re.compile(r"(?<=[a-z] )(\d{2,3},\d{3})(?= [a-z])")
_CONTRACTION = {
    "is not": "isn't",
    "are not": "aren't",
    "was not": "wasn't",
    "were not": "weren't",
    "did not": "didn't",
    "does not": "doesn't",
    "do not": "don't",
    "will not": "won't",
    "has not": "hasn't",
    "have not": "haven't",
    "could not": "couldn't",
    "would not": "wouldn't",
}
_CONTRACTED = re.compile(r"\b(" + "|".join([*_CONTRACTION, *_CONTRACTION.values()]) + r")\b")
_EXPANSION = {short: long for long, short in _CONTRACTION.items()} | _CONTRACTION


def _synonym(text: str, rng: random.Random) -> str:
    match = _pick(_SYNONYM, text, rng)
    return _replace(text, match, _SAME_SENSE[match[0]]) if match else text


def _contraction(text: str, rng: random.Random) -> str:
    match = _pick(_CONTRACTED, text, rng)
    return _replace(text, match, _EXPANSION[match[0]]) if match else text


def _number_form(text: str, rng: random.Random) -> str:
    if match := _DOLLARS.search(text):
        return _replace(text, match, f"{match[1]}{match[2] or ''} dollars")
    if match := _SMALL.search(text):
        return _replace(text, match, _SPELLED[int(match[0]) - 1])
    if match := _EXACT.search(text):
        value = int(match[0].replace(",", ""))
        step = 10 ** (len(str(value)) - 2)
        near = value // step * step
        if near == value:
            return _replace(text, match, str(value))
        return _replace(text, match, f"{rng.choice(['more than', 'over', 'roughly', 'about'])} {near:,}")
    return text


def _drop_lead(text: str, _: random.Random) -> str:
    rest = _LEAD.sub("", text)
    return rest[0].upper() + rest[1:]


def reorder(text: str, rng: random.Random) -> str:
    """The speaker, or the time and place, said at the other end of the sentence; letter case is left to the reader."""
    if match := _SAID_LAST.fullmatch(text):
        said, speaker = match[1], match[2]
        return rng.choice((f"According to {speaker}, {said}.", f"{speaker} said {said}."))
    if match := _SAID_FIRST.fullmatch(text):
        speaker, said = match[1], match[2]
        return rng.choice((f"{said}, according to {speaker}.", f"{said}, {speaker} said."))
    if match := _LEADING.fullmatch(text):
        return f"{match[2]} {match[1]}."
    if match := _TRAILING.fullmatch(text):
        return f"{match[2]}, {match[1]}."
    return text


def reword(text: str, rng: random.Random, *, touches: int) -> str:
    """The same statement, perhaps in another order, with so many light changes of wording."""
    if rng.random() < 0.5:
        text = reorder(text, rng)
    for change in rng.choices((_synonym, _contraction, _number_form, _drop_lead), weights=(5, 1, 2, 1), k=touches):
        text = change(text, rng)
    return text


def shorten(text: str, rng: random.Random) -> str | None:
    """The statement without a clause: entailed by the whole, and not entailing it."""
    for pattern in rng.sample((_TAIL, _COMMA_TAIL, _INSET, _HE_SAID), 4):
        match = pattern.search(text)
        if match and match.start() > 30:
            return text[: match.start()] + ("." if pattern is not _INSET else "") + text[match.end() :]
    return None
