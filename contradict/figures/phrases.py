"""Noun phrases around a number without a tagger: what is counted, of whom, per what."""

from __future__ import annotations

from collections.abc import Sequence

from contradict.figures.hedges import MOVES
from contradict.figures.tokens import Token
from contradict.figures.units import UNITS

# Words that end a noun phrase: function words, auxiliaries, adverbs, and the verbs that follow a subject most often in
# news.
STOPS = frozenset(
    """a about above across after again against ago ahead all along already also although am amid among an and another
    any are as at away
    back be became because become been before began behind being below between both but by called came can cannot caused
    come could did
    do does doing done down due during each either else even ever every except fell few for from further gave get gets
    getting give go
    goes going gone got had has have having he her here him his how however i if in inside instead into is it its itself
    just last least
    left less like made make makes making many may me might more most much must my near nearly never next no nor not now
    of off on once
    only onto or other our out outside over per quite rather said same saw say saying says several shall she should
    since so some soon
    still such than that the their them then there these they this those though through thus till to together told too
    took toward
    towards under unless until up upon us versus via vs was we well went were what when where whereas whether which
    while who whom whose
    why will with within without would yesterday yet you your according alongside amongst including despite around today
    tonight
    tomorrow early late later earlier worldwide globally nationwide overnight daily annually yearly weekly monthly
    altogether apart
    aged worth alone arrived attended appeared became believe believed continue continued continues expect expected face
    faced faces
    fled feared filed follow followed found gathered join joined know known live lived lives living lost marched need
    needed needs
    occurred participated plan planned receive received remain remained remaining remains require required returned rose
    show showed
    sign signed signing stand stood suffer suffered take taken taking took travelled traveled turn turned turned use
    used using voted
    want wanted wants went work worked works working tested claim claimed say spent fight fighting died die dying
    perished drowned
    thought believed estimated reported considered reckoned likely unlikely reportedly currently now believed linked
    found being
    sought stayed entered crossed bought sold sell buy seen saw heard""".split()
) | frozenset(
    word
    for word in MOVES
    if word not in ("cut", "cuts", "gains", "falls", "drop", "raise", "increase", "decline", "rise")
)
# Participles that say what happened to those counted and so belong to what is counted ("45 soldiers wounded").
EVENT_PARTICIPLES = frozenset(
    """killed dead wounded injured hurt missing arrested detained displaced evacuated infected hospitalised hospitalized
    destroyed damaged
    rescued trapped homeless unaccounted sickened abducted kidnapped captured executed deported charged indicted jailed
    shot stabbed
    burned burnt razed lost laid confirmed suspected quarantined vaccinated registered unemployed pledged donated raised
    needed affected
    stranded buried freed released fired dismissed sacked cancelled canceled recalled recovered""".split()
)
_PLURALS = frozenset(
    "people men women children police troops personnel staff crew victims militia cattle sheep fish aircraft survivors dead".split()
)
_NOT_PLURAL = ("ss", "us", "is", "'s")
_DETERMINERS = frozenset("the a an its their his her our my your this these those all some any other more most".split())
PERIODS = frozenset(
    "second minute hour day night week fortnight month quarter year decade season century annum person head capita share barrel gallon tonne ton "
    "litre liter kilometre kilometer mile metre meter household family student child gram kilogram kg km pound ounce acre hectare vehicle patient "
    "employee pupil worker game match hundred thousand million".split()
)
MOST_NOUNS = 6
_CLOSING = frozenset(('"', "”", "'", "’"))  # a quoted number goes on with its noun: "less than five" staff


def plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL))


def counted_after(tokens: Sequence[Token], at: int, *, partitive: bool = False) -> tuple[int, int] | None:
    """The noun phrase that begins at token `at` as a half-open range of tokens, or None.

    `partitive` lets it begin with "of" and determiners ("dozens of the men", "5% of voters"). A plural noun ends the
    phrase, unless
    another plural follows ("police officers"); a participle that says what happened is taken along.
    """
    if partitive and at < len(tokens) and tokens[at].low == "of":
        at += 1
        while at < len(tokens) and tokens[at].low in _DETERMINERS:
            at += 1
    if at + 1 < len(tokens) and tokens[at].text in _CLOSING and tokens[at + 1].kind == "word":
        at += 1
    if at < len(tokens) and tokens[at].low in ("more", "other", "further", "additional", "extra", "of"):
        if tokens[at].low == "of":
            return _after_of_the(tokens, at)
        at += 1
    first = at
    ended = False
    while at < len(tokens) and at - first < MOST_NOUNS:
        token = tokens[at]
        if token.kind == "mark":
            joined = (
                token.text in ("-", "/", "&", "‑") and first < at < len(tokens) - 1 and tokens[at + 1].kind == "word"
            )
            if not joined or (token.text != "&" and tokens[at + 1].start != token.end):
                break
            at += 1
            continue
        if token.kind != "word" or (token.low in STOPS and token.low != "dead"):
            break
        if ended and token.low in EVENT_PARTICIPLES:
            at += 1
            break
        if ended and not (plural(token.low) and not token.capital):
            break
        if (
            at > first
            and token.low.endswith("ed")
            and token.low not in EVENT_PARTICIPLES
            and not _adjective_next(tokens, at)
        ):
            break
        at += 1
        ended = plural(token.low)
    while at > first and tokens[at - 1].kind == "mark":
        at -= 1
    return (first, at) if at > first else None


def _after_of_the(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """ "26 of the victims", "one of its ships": the whole of which the figure is a part."""
    at += 1
    while at < len(tokens) and (tokens[at].low in _DETERMINERS or tokens[at].kind == "number"):
        at += 1
    return (
        counted_after(tokens, at)
        if at < len(tokens) and tokens[at].low not in ("of", "whom", "which", "them")
        else None
    )


def _adjective_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in -ed stands before a noun and so qualifies it ("armed men", "registered voters")."""
    return at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].low not in STOPS


def per_near(tokens: Sequence[Token], first: int, after: int) -> str | None:
    """ "each year ... 36,000 deaths", "5,000 barrels of oil a day": a period of a rate elsewhere in the figure's clause."""
    for step, start in ((1, after), (-1, first - 1)):
        at = start
        while 0 <= at < len(tokens) - 1 and abs(at - start) < 9:
            if tokens[at].text in ",;:()" or tokens[at].kind == "number":
                break
            if tokens[at].low in ("each", "every", "per") and tokens[at + 1].low in PERIODS:
                return tokens[at + 1].low
            if step == 1 and tokens[at].low in ("a", "an") and tokens[at + 1].low in _SHORT_PERIODS:
                return tokens[at + 1].low
            at += step
    return None


_SHORT_PERIODS = frozenset("minute hour day night week month year".split())


def per_after(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """ "per day", "a month", "an hour", "each year", "/day", "a-year": the period or thing, and the token after it."""
    begin = at + 1 if at < len(tokens) and tokens[at].text == "-" else at
    if begin + 1 < len(tokens) and tokens[begin].low in ("per", "a", "an", "each", "every", "/"):
        word_at = begin + 2 if tokens[begin + 1].text == "-" else begin + 1
        word = tokens[word_at].low if word_at < len(tokens) else ""
        if word in PERIODS or (tokens[begin].low in ("per", "/") and (word in UNITS or word.isalpha())):
            return word, word_at + 1
    if at < len(tokens) and tokens[at].low in ("daily", "annually", "yearly", "weekly", "monthly", "hourly"):
        return {
            "daily": "day",
            "annually": "year",
            "yearly": "year",
            "weekly": "week",
            "monthly": "month",
            "hourly": "hour",
        }[tokens[at].low], at + 1
    return None
