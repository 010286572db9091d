"""Noun phrases around a number without a tagger: what is counted, of whom, per what."""

from __future__ import annotations

from collections.abc import Sequence

from contradict.figures.moves import MOVES
from contradict.figures.numerals import read_numeral
from contradict.figures.tokens import Token, low_at, past_hyphen, touches
from contradict.figures.units import UNITS
from contradict.places import is_place

# Words that end a noun phrase: function words, auxiliaries, adverbs, the verbs that follow a subject most often in
# news, and the verbs of moves that are no nouns.
_STOPS = frozenset(
    """a about above across after again against ago ahead all along already also although am amid among an and another
    any are as at away back be became because become been before began behind being below between both but by called
    came can cannot caused come could did do does doing done down due during each either else even ever every except
    fell few for from further gave get gets getting give go goes going gone got had has have having he her here him
    his how however i if in inside instead into is it its itself just last least left less like made make makes
    making many may me might more most much must my near nearly never next no nor not now of off on once only onto
    or other our out outside over per quite rather said same saw say saying says several shall she should since so
    some soon still such than that the their them then there these they this those though through thus till to
    together told too took toward towards under unless until up upon us versus via vs was we well went were what
    when where whereas whether which while who whom whose why will with within without would yesterday yet you your
    according alongside amongst including despite around today tonight tomorrow early late later earlier worldwide
    globally nationwide overnight daily annually yearly weekly monthly altogether apart aged worth alone arrived
    attended appeared believe believed continue continued continues expect expected face faced faces fled feared
    filed follow followed found gathered join joined know known live lived lives living lost marched need needed
    needs occurred participated plan planned receive received remain remained remaining remains require required
    returned rose show showed sign signed signing stand stood suffer suffered take taken taking travelled traveled
    turn turned use used using voted want wanted wants work worked works working tested claim claimed spent fight
    fighting died die dying perished drowned thought estimated reported considered reckoned likely unlikely
    monday tuesday wednesday thursday friday saturday sunday
    reportedly currently plus linked sought stayed entered crossed bought sold sell buy seen heard""".split()
) | (MOVES.keys() - frozenset("cut cuts gains falls drop raise increase decline rise".split()))
# Participles that say what happened to those counted and so belong to what is counted ("45 soldiers wounded").
EVENT_PARTICIPLES = frozenset(
    """killed dead wounded injured hurt missing arrested detained displaced evacuated infected hospitalised
    hospitalized destroyed damaged rescued trapped homeless unaccounted sickened abducted kidnapped captured
    executed deported charged indicted jailed shot stabbed burned burnt razed lost laid confirmed suspected
    quarantined vaccinated registered unemployed pledged donated raised needed affected stranded buried freed
    released fired dismissed sacked cancelled canceled recalled recovered""".split()
)
_PLURALS = frozenset(
    """people men women children police troops personnel staff crew victims militia cattle sheep fish aircraft
    survivors dead""".split()
)
_NOT_PLURAL = ("ss", "us", "is", "'s")
_DETERMINERS = frozenset("the a an its their his her our my your this these those all some any other more most".split())
_WHOLE_LEADS = _DETERMINERS | {"past", "last", "next", "first", "previous"}
_NO_ADVERBS = frozenset("family assembly supply july italy ally anomaly monopoly rally reply fly jelly bully".split())
# What is done with lives; without it "lives" after a number is a verb ("a population of 43 million lives there").
_OF_LIVES = frozenset(
    """claim claims claimed claiming cost costs costing take takes took taken taking save saves saved saving spare
    spares spared lose loses lost losing loss""".split()
)
_NEAR_LIVES = 6  # tokens
_MORE = ("more", "other", "further", "additional", "extra")
_NOT_A_WHOLE = ("of", "whom", "which", "them")
_PERIODS = frozenset(
    """second minute hour day night week fortnight month quarter year decade season century annum person head capita
    share barrel gallon tonne ton litre liter kilometre kilometer mile metre meter household family student child
    gram kilogram kg km pound ounce acre hectare vehicle patient employee pupil worker game match hundred thousand
    million""".split()
)
_SHORT_PERIODS = frozenset("minute hour day night week month year".split())
_ADVERBS = {
    "daily": "day",
    "annually": "year",
    "yearly": "year",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
}
_NAMES_IN_CAPITALS = ("us", "it", "is", "who")
_ADJECTIVES = _ADVERBS | {"annual": "year"}
_MOST_NOUNS = 6
_MOST_IN_PLACE = 3
_MOST_QUOTED = 30  # tokens back to where a quotation that ends here may begin
_MOST_TO_ADJECTIVE = 4  # tokens from the amount of "an annual budget for roads of"
_MOST_TO_PERIOD = 9  # tokens between a figure and the period of its rate
_BREAKS = ",;:()"
_CLOSING = ('"', "”", "'", "’")  # a quoted number goes on with its noun: "less than five" staff
_TYING = ("-", "/", "&", "‑")


def plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL))


def counted_after(tokens: Sequence[Token], at: int, *, partitive: bool = False) -> tuple[int, int] | None:
    """The noun phrase that begins at token `at` as a half-open range of tokens, or None.

    `partitive` lets it begin with "of" and determiners ("dozens of the men", "5% of voters"). A plural noun ends the
    phrase, unless another plural follows ("police officers"); a participle that says what happened is taken along.
    """
    start = at
    if partitive and low_at(tokens, at) == "of":
        at += 1
        while low_at(tokens, at) in _DETERMINERS:
            at += 1
    if at + 1 < len(tokens) and tokens[at].text in _CLOSING and tokens[at + 1].kind == "word":
        at += 1
    if low_at(tokens, at) == "of":
        return _counted_whole(tokens, at + 1)
    if low_at(tokens, at) in _MORE:
        at += 1
    if low_at(tokens, at) == "lives" and any(t.low in _OF_LIVES for t in tokens[max(at - _NEAR_LIVES, 0) : at]):
        return at, at + 1
    after = _phrase_end(tokens, at)
    alone = at == start == after - 1 and is_adverb(tokens[at])  # "40 actually marched"
    return (at, after) if after > at and not alone else None


def place_ending(tokens: Sequence[Token], at: int) -> int:
    """How many words the name of a place has that ends at `at`, 0 where none does: 1 of "Poland", 2 of "Sri Lanka"."""
    for size in range(min(_MOST_IN_PLACE, at + 1), 0, -1) if tokens[at].capital else ():
        if is_place(" ".join(token.text for token in tokens[at + 1 - size : at + 1])):
            return size
    return 0


def is_adverb(token: Token) -> bool:
    """Whether a word is an adverb by its ending."""
    return token.low.endswith("ly") and not token.capital and token.low not in _NO_ADVERBS


def _counted_whole(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """ "26 of the victims", "one of its ships": the whole of which the figure is a part, from after "of" on."""
    while at < len(tokens) and (tokens[at].low in _WHOLE_LEADS or tokens[at].kind == "number"):
        at += 1
    return None if low_at(tokens, at) in _NOT_A_WHOLE else counted_after(tokens, at)


def _phrase_end(tokens: Sequence[Token], first: int) -> int:
    """The token after the noun phrase that begins at `first`, `first` where there is none."""
    at, ended = first, False
    while at < len(tokens) and at - first < _MOST_NOUNS:
        token = tokens[at]
        if token.kind == "mark":
            if not _ties(tokens, first, at):
                break
            ended = False
        elif token.kind != "word" or _stops(tokens, at):
            break
        elif ended and token.low in EVENT_PARTICIPLES:
            return at + 1
        elif (ended and (token.capital or not plural(token.low))) or (at > first and _is_verb(tokens, at)):
            break
        else:
            ended = plural(token.low)
        at += 1
    while at > first and tokens[at - 1].kind == "mark":
        at -= 1
    return at


def _stops(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` ends a noun phrase; "US" and "WHO" are names, "off-duty" and "no-bid" qualify."""
    token = tokens[at]
    if token.low not in _STOPS or (token.low in _NAMES_IN_CAPITALS and token.text.isupper()):
        return False
    return not (touches(tokens, at + 1) and past_hyphen(tokens, at + 1) > at + 1)


def _ties(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether the mark at `at` ties two words of a phrase: "check-in", "R&D", "oil & gas"."""
    mark = tokens[at]
    if mark.text in ("'", "’") and touches(tokens, at):  # "the brewers' cellars", no quotation that ends here
        owns = tokens[at - 1].low.endswith("s") and at + 1 < len(tokens) and not touches(tokens, at + 1)
        return owns and not any(token.text in ("'", "‘") for token in tokens[max(at - _MOST_QUOTED, 0) : at])
    if mark.text not in _TYING or not first < at < len(tokens) - 1 or tokens[at + 1].kind != "word":
        return False
    return mark.text == "&" or tokens[at + 1].start == mark.end


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in -ed is a verb and qualifies no noun after it ("armed men", "registered voters")."""
    word = tokens[at].low
    if not word.endswith("ed") or word in EVENT_PARTICIPLES:
        return False
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word" or _stops(tokens, at + 1):
        return True
    return tokens[at + 1].low.endswith("ly")


def per_after(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """The period or thing that a rate is per, from token `at` on, and the token after it; (None, `at`) where none is.

    "per day", "a month", "an hour", "each year", "/day", "a-year", "daily", "per 100,000 people".
    """
    if (word := low_at(tokens, at)) in _ADVERBS:
        return _ADVERBS[word], at + 1
    lead = at + 1 if word == "-" else at
    if low_at(tokens, lead) not in ("per", "a", "an", "each", "every", "/"):
        return None, at
    if (base := _per_number(tokens, lead)) is not None:
        return base
    named = lead + 2 if low_at(tokens, lead + 1) == "-" else lead + 1
    word = low_at(tokens, named)
    if word in _PERIODS or (low_at(tokens, lead) in ("per", "/") and (word in UNITS or word.isalpha())):
        return word, named + 1
    return None, at


def _per_number(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """ "per 100,000 people" at token `at`: the number that the rate is per, and the token after its noun."""
    if low_at(tokens, at) != "per" or at + 1 >= len(tokens) or tokens[at + 1].kind != "number":
        return None
    numeral = read_numeral(tokens, at + 1)
    if numeral is None or numeral.low != numeral.low.to_integral_value():
        return None
    phrase = counted_after(tokens, numeral.after)
    return f"{numeral.low:,.0f}", phrase[1] if phrase else numeral.after


def per_near(tokens: Sequence[Token], first: int, after: int) -> str | None:
    """The period of a rate elsewhere in the clause of the figure at tokens[first:after].

    "each year ... 36,000 deaths", "5,000 barrels of oil a day".
    """
    close, then = low_at(tokens, after), low_at(tokens, after + 1)
    restates = close == ")" or (close == "," and then == "of")  # "(4,200 gallons) of oil a day"
    start = after + 1 if restates else after
    return _period_along(tokens, start, step=1) or _period_along(tokens, first - 1, step=-1)


def per_named(tokens: Sequence[Token], first: int, after: int) -> str | None:
    """The period that an adjective names: "an annual budget of $5m", "a $900 monthly pension"."""
    if low_at(tokens, after) in _ADJECTIVES:
        return _ADJECTIVES[low_at(tokens, after)]
    if low_at(tokens, first - 1) != "of":
        return None
    words = [token.low for token in tokens[max(first - 1 - _MOST_TO_ADJECTIVE, 0) : first - 1]]
    return next((_ADJECTIVES[word] for word in reversed(words) if word in _ADJECTIVES), None)


def _period_along(tokens: Sequence[Token], start: int, *, step: int) -> str | None:
    """The first period of a rate from token `start` on, forwards or backwards; "a day" only forwards."""
    leads = ("each", "every", "per")
    for at in range(start, start + step * _MOST_TO_PERIOD, step):
        if not 0 <= at < len(tokens) - 1 or tokens[at].text in _BREAKS or tokens[at].kind == "number":
            return None
        word, then = tokens[at].low, tokens[at + 1].low
        if step == 1 and (base := _per_number(tokens, at)) is not None:
            return base[0]
        if word in leads and then in _PERIODS:
            return then
        if step == 1 and word in ("a", "an") and then in _SHORT_PERIODS:
            return then
    return None
