"""The words that tell who is counted and where, and which groups leave nobody out."""

from __future__ import annotations

import re

from contradict.lexicon import CATEGORY_GROUPS, GENERIC, PERSONS, stem
from contradict.types import Claim

# The end of what says that a figure after it is part of the one before it.
INCLUDING = re.compile(
    r"\b(?:including|among (?:them|whom|which)|of (?:them|whom|which))(?:\s+\w+)?\s*$", re.IGNORECASE
)

# Of two of these no one is a member, and men and women together are everyone.
_GROUPS = {
    "men": "man men male males boy boys",
    "women": "woman women female females girl girls",
    "children": "child children infant infants baby babies minor minors",
    "adults": "adult adults grown-ups",
    "dead": "killed dead deaths died drowned fatalities",
    "hurt": "injured wounded hurt injuries",
    "missing": "missing unaccounted",
    "saved": "survived rescued saved survivors",
}
_GROUP_OF = {word: name for name, words in _GROUPS.items() for word in words.split()}
_EVERYONE = (
    frozenset({"men", "women"}),
    frozenset({"men", "women", "children"}),
    frozenset({"adults", "children"}),
)
# Nouns that say only that persons are meant, each of whom may be anybody.
_ANYBODY = GENERIC | frozenset(
    """passengers casualties dead deaths killed fatalities survivors bodies crew cases hostages passenger arrivals
    infections""".split()
)
_PERSONS = (
    _ANYBODY | PERSONS | frozenset(CATEGORY_GROUPS["sort"]) | frozenset(_GROUP_OF) | frozenset(
    """personnel troops policeman policemen guard guards sailor sailors airmen marine marines crewman crewmen fighter
    fighters gunman gunmen bomber bombers attacker attackers suspect suspects detainee patient patients citizen citizens
    national nationals local locals foreigner foreigners tourist tourists traveller travellers traveler travelers
    employee employees member members miner miners firefighter firefighters rescuer rescuers doctor doctors nurse
    nurses teacher teachers player players lawmaker lawmakers deputies delegates judge judges mercenary mercenaries
    teenager teenagers civilian protester peacekeeper soldier officer worker elderly pilgrim pilgrims others""".split()
))  # fmt: skip
_PERSON_STEMS = frozenset(map(stem, _PERSONS))
_ANYBODY_STEMS = frozenset(map(stem, _ANYBODY))
_MOST_TO_GROUP = 3  # words: "were Spanish women"
_TIE = r"(?:in|at|from|on|near|outside|inside|around|aboard|among|across)"
_TIED = re.compile(rf"^(?:[\w'-]+ ){{0,4}}?{_TIE} (?:the |central |northern |southern |eastern |western )?(\S+)")
_TIED_TO_NAME = re.compile(rf"\b{_TIE} (?:the )?[A-Z]")
_NAME_LAST = re.compile(r"(?:^|\s)([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}):?$")


def is_person(claim: Claim) -> bool:
    """Whether the figure counts persons, by the noun that it counts: "people", "soldiers", "Jordanians"."""
    words = (claim.stated.counted or "").split()
    return bool(words) and (words[-1][0].isupper() or any(stem(word.lower()) in _PERSON_STEMS for word in words))


def is_generic(claim: Claim) -> bool:
    """Whether the noun says only that persons are meant: "people", "passengers", "cases"."""
    words = (claim.stated.counted or "").lower().split()
    return bool(words) and (stem(words[-1]) in _ANYBODY_STEMS or words[0] in GENERIC)


def group_of(tail: str) -> str:
    """The group that no one shares with another of these: "men", "children", "dead", ...; empty where there is none.

    `tail` are the words after the figure.
    """
    words = re.findall(r"[a-z-]+", tail.lower())[:_MOST_TO_GROUP]
    return next((_GROUP_OF[word] for word in words if word in _GROUP_OF), "")


def closed(groups: frozenset[str]) -> bool:
    """Whether the groups leave nobody out: men and women, adults and children."""
    return groups in _EVERYONE


def tied(tail: str, *, anywhere: bool = False) -> bool:
    """Whether the words after a figure say where or of what it is: "in the north", "four more cases on the ship"."""
    return bool(_TIED_TO_NAME.search(tail) if anywhere else _TIED.match(tail))


def place_of(lead: str, tail: str) -> str:
    """The place that a part is said of: "8 in England", "four more cases in Scotland", "Poland 1,831"; else empty."""
    if found := _TIED.match(tail):
        return tail[found.start(1) :] if found.group(1)[0].isupper() else ""
    named = _NAME_LAST.search(lead)
    return named.group(1) if named and len(tail.split()) <= 3 else ""
