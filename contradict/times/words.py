"""The closed word lists that decide whether a word is a time ("May" the month) or something else ("may", Mrs May)."""

from __future__ import annotations

import re

MONTHS = {
    name[:3]: index
    for index, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
WEEKDAYS = {name: index for index, name in enumerate("mon tue wed thu fri sat sun".split())}
MONTH_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
WEEKDAY_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, as seasons run in the northern hemisphere; each has three months."""

HOLIDAYS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
}

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENS_WORD, _SMALL_WORD = "|".join(_TENS), "|".join(_SMALL[:9])
NUMBER = (
    rf"(?:[0-9]{{1,3}}|(?:{_TENS_WORD})(?:[-\s](?:{_SMALL_WORD})\b)?|{'|'.join(reversed(_SMALL))}"
    r"|a\scouple\sof|couple\sof|a\sfew|few|several|a\sdozen|an?)"
)
NUMBER_WORDS = frozenset((*_SMALL, *_TENS))
VAGUE = {"couple of": (2, 2), "few": (2, 5), "several": (3, 9), "dozen": (12, 12), "a": (1, 1), "an": (1, 1)}
"""Vague numbers of units as least and most."""


def read_number(surface: str) -> tuple[int, int]:
    """Least and most units that `surface`, a match of `NUMBER`, stands for."""
    words = re.sub(r"\s+", " ", surface.lower())
    if words.isdigit():
        return int(words), int(words)
    bare = words.removeprefix("a ")
    if bare in VAGUE:
        return VAGUE[bare]
    total = 0
    for word in re.split(r"[-\s]", bare):
        total += _SMALL.index(word) + 1 if word in _SMALL else (_TENS.index(word) + 2) * 10
    return total, total


VERB_AFTER_MONTH = frozenset(
    "be been is was has had have will would could said says told did does not also well never still now only even "
    "announced came made took have want need seem face go become".split()
)
"""Words after a bare "May" or "March" that make it the modal verb or a person's name."""

NAME_BEFORE_WEEKDAY = re.compile(
    r"\b(?:black|good|super|bloody|ash|palm|easter|cyber|fat|shrove|holy|giving|ruby|mail\son|news|bowl)\s\Z",
    re.IGNORECASE,
)
"""What stands before a weekday that is part of a name ("Black Friday", "Mail on Sunday")."""

NAMES_AFTER_WEEKDAY = frozenset(
    "times telegraph mirror mail express herald star sun post independent business tribune world people school review "
    "magazine".split()
)
"""Words after a weekday that make it the title of a paper ("Sunday Times")."""

COUNTED_AFTER_NUMBER = frozenset(
    "people persons men women children soldiers troops police officers civilians victims deaths dead injured wounded "
    "survivors refugees homes houses families villagers workers jobs votes dollars euros pounds tonnes tons kilograms "
    "kg miles kilometres kilometers km metres meters feet ft acres hectares barrels gallons litres liters degrees "
    "points cases patients beds students schools vehicles cars trucks aircraft ships boats tents bodies prisoners "
    "detainees protesters demonstrators fighters militants rebels members passengers hours days weeks months years "
    "minutes times percent per mg watts megawatts units copies calories yards pages words hp rpm square cubic km2 m "
    "mm cm bn".split()
)
"""Nouns after four digits that make the number a count and not a year ("in 2000 homes")."""

YEAR_BEFORE = frozenset(
    "in since during until till circa by of from before after through for to between and or around about than late "
    "early mid the a this that its his her their our my election season year spring summer autumn fall winter class "
    "back over on with at as pre post beyond into under starting beginning ending ended ends vs versus ©".split()
)
"""Words after which four digits are a year unless what follows them is counted."""

YEAR_VERB_AFTER = frozenset("was is could would may saw will has had and were brought marked began ended".split())

FUTURE = re.compile(
    r"\b(?:(?:will|shall|won['’]t|would|can|(?-i:may|should|must)(?!\shave)|to\sbe"
    r"|(?:is|are|due|set|plans?|expected|scheduled|planning|hop(?:es?|ing)|aim(?:s|ing)?|intends?|seek(?:s|ing)?|trying)\sto)"
    r"(?:\s(?:not|also|then|be|have|it))?\s\w+|upcoming|scheduled|slated|due|expected|expects?|planned|planning"
    r"|plans?(?=\s(?:a|an|another|the|their|its|his|her|on|more)\b)"
    r"|going\sto|set\sfor|deadline|ahead\sof|forthcoming|tomorrow|let['’]s|postponed|delayed"
    r"|(?:open|closed|suspended|adjourned|valid|extended)\suntil)\b|['’]ll\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:said|told|says|was|were|had|did|has|have|came|went|took|met|began|hit|struck|made|got|held|left|saw|won|lost"
    r"|fell|rose|spoke|wrote|gave|found|became|led|ran|brought|sent|put|died|since|after|\w{2,15}ed)\b",
    re.IGNORECASE,
)
"""Signs that what stands next to a time is ahead of, or behind, the speaker; read by `reading`."""
