"""Speakers compared: one normal form for a name, and whether two names speak for the same side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contradict.places import COUNTRIES, canonical_place, is_place, normal_name
from contradict.speakers.bodies import BODIES, DEPARTMENT_HEADS, DEPARTMENTS, GOVERNMENT, IN_CAPITALS, METONYMS, STAFF
from contradict.speakers.words import (
    AGENTS,
    DETERMINERS,
    NOT_OUTLETS,
    OUTLET_WORDS,
    PAPER_QUALIFIERS,
    PAPERS,
    PERSON_ROLES,
    SPEAKS_FOR,
    TITLES,
)
from contradict.types import Speaker

_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")
_LINKS = frozenset("of for at in from with the a an and on to by".split())


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a name stands for: a body or a government (`state` names the country), and a person who may speak for it."""

    body: str = ""
    person: str = ""
    state: str = ""


def canonical_speaker(name: str) -> str:
    """A name in a form that can be compared: the body or the government that speaks, else the person, in lower case.

    "Moscow" and "Russian officials" are "russia"; "Russia's ministry of defence" and "the Russian MoD" are "russia
    defence ministry"; "WHO spokesman Gregory Hartl" is "world health organization"; "Mr Obama" is "obama".
    """
    party = _party(name)
    return party.body or party.person or normal_name(name)


def same_speaker(a: Speaker | None, b: Speaker | None) -> bool | None:
    """Whether two speakers are one, or speak for one side; None where one is not known or tells no more than a role.

    Two departments of one government are one side; persons of different names are one side only if they speak for it.
    """
    if a is None or b is None:
        return None
    first, second = _party(a.name), _party(b.name)
    if first.person and second.person:
        if _same_person(first.person, second.person):
            return True
        return bool(first.body and second.body) and _same_side(first, second)
    if first.body and second.body:
        return _same_side(first, second)
    return None


def _same_side(a: Party, b: Party) -> bool:
    if a.body == b.body:
        return True
    if a.state and a.state == b.state:
        return True
    return _is_acronym(a.body, b.body) or _is_acronym(b.body, a.body)


def _same_person(a: str, b: str) -> bool:
    """Whether the surnames are equal and no given name speaks against it: "obama" is "barack obama"."""
    first, second = a.split(), b.split()
    if first[-1] != second[-1]:
        return False
    if len(first) == 1 or len(second) == 1:
        return True
    return first[0][0] == second[0][0] and (first[0] == second[0] or min(len(first[0]), len(second[0])) == 1)


def _is_acronym(short: str, long: str) -> bool:
    initials = "".join(word[0] for word in long.split() if word not in _LINKS)
    return 2 < len(short) <= 6 and short == initials


@lru_cache(maxsize=4096)
def _party(name: str) -> Party:
    parts = [part.strip() for part in re.split(r",|\bwho\b|\bwhich\b", name[:300]) if part.strip()]
    found = [_read_part(part) for part in parts[:4]]
    body = next((party for party in found if party.body), Party())
    person = next((party.person for party in found if party.person), "")
    return Party(body.body, person, body.state)


def _read_part(part: str) -> Party:
    """A name without commas: "WHO spokesman Gregory Hartl", "a spokesman for the UN", "Mr Obama", "Moscow"."""
    part = re.sub(r"\(([^)]*)\)", " ", part)
    whole = _body(part)
    if whole is not None:
        return whole
    words = _WORD.findall(part.replace(".", ""))
    plain = [re.sub(r"['’]s?\Z", "", word) for word in words]
    lows = [normal_name(word) for word in plain]
    title = _last_role(lows)
    if title is None:
        return _unroled(plain, lows)
    behind = [k for k in range(title + 1, len(lows)) if lows[k] in _LINKS]
    stop = behind[0] if behind else len(lows)
    person = _person(plain[title + 1 : stop])
    for_whom = plain[stop + 1 :] if behind else []
    before = [word for word, low in zip(plain[: title + 1], lows, strict=False) if low not in DETERMINERS]
    party = _institution(" ".join(for_whom)) if for_whom else Party()
    if not party.body and not any(low in _FAMILY for low in lows[: title + 1]):
        party = _institution(" ".join(before))
        if not party.body:
            party = Party(_owner_of_role(before))
    return Party(party.body, person, party.state)


_FAMILY = frozenset("mother father brother sister wife husband son daughter friend neighbour neighbor parent".split())
_ROLES = TITLES | SPEAKS_FOR | PERSON_ROLES


def _owner_of_role(words: list[str]) -> str:
    """Whose role it is, by the capitalised words before it: "BP chief executive", "Hoboken Mayor"."""
    named = [word for word in words if normal_name(word) not in _ROLES]
    if not named or not all(word[0].isupper() for word in named):
        return ""
    return " ".join(normal_name(word) for word in named)


def _last_role(lows: list[str]) -> int | None:
    """Where the last role word stands before the first link: "Prime | Minister", "spokesman | for"."""
    stop = next((k for k, low in enumerate(lows) if low in _LINKS and k and lows[k - 1] in AGENTS), len(lows))
    roles = [k for k in range(stop) if lows[k] in TITLES or lows[k] in SPEAKS_FOR or lows[k] in PERSON_ROLES]
    return roles[-1] if roles else None


def _person(words: list[str]) -> str:
    """A personal name in lower case, or "" where the words are none."""
    if not words or len(words) > 5 or not all(word[0].isupper() or len(word) <= 3 for word in words):
        return ""
    return " ".join(normal_name(word) for word in words if normal_name(word) not in ("jr", "sr", "ii", "iii"))


def _unroled(words: list[str], lows: list[str]) -> Party:
    """A name with no role word: an institution if it has a word for one or a place in it, else taken for a person."""
    text = " ".join(words)
    if all(low in AGENTS or low in PAPERS or low in _EMPTY or low in DETERMINERS for low in lows):
        return Party()
    party = _institution(text)
    if party.body:
        return party
    if words and all(word[0].isupper() or low in _PARTICLES for word, low in zip(words, lows, strict=True)):
        collective = text.isupper() or any(low in OUTLET_WORDS or low in _CORPORATE for low in lows)
        if len(words) <= 4 and not collective:
            return Party(person=_person(words))
        return Party(body=" ".join(lows))
    return Party()


_PARTICLES = frozenset("al bin ibn de del della da dos von van der den la le el".split())
_CORPORATE = frozenset(
    "inc corp ltd plc group holdings systems technologies bank airlines airways motors university college "
    "institute foundation center centre watch without fund council committee association union party brothers partners "
    "capital research observatory survey society hospital court".split()
)


def _body(name: str) -> Party | None:
    """A body, a metonym or a bare country or capital."""
    normal = normal_name(name)
    if normal in METONYMS:
        return _of_state(METONYMS[normal])
    if normal in BODIES and (normal not in IN_CAPITALS or re.sub(r"\W", "", name).isupper() or name == "Fed"):
        return Party(BODIES[normal])
    country = COUNTRIES.get(normal)
    if country is not None and not (normal == "us" and name.islower()):
        return Party(country, state=country)
    return None


def _of_state(body: str) -> Party:
    country = next((name for name in _COUNTRY_NAMES if body == name or body.startswith(name + " ")), "")
    return Party(body, state="" if body.endswith(" parliament") else country)


_COUNTRY_NAMES = frozenset(COUNTRIES.values())


def _institution(text: str) -> Party:
    """A department, a government or another body in these words; roles and articles are passed over."""
    words = _WORD.findall(re.sub(r"\bair\sforce\b", "airforce", text, flags=re.IGNORECASE))
    while words and normal_name(words[0]) in DETERMINERS:
        words = words[1:]
    whole = _known_in(words)
    if whole is not None:
        return whole
    lows = [low for word in words for low in _expanded(normal_name(word))]
    country, rest = _country(lows)
    department = _department(rest, country=country)
    if department:
        return Party(f"{country or _place(words)} {department} ministry".strip(), state=country)
    small = {normal_name(word) for word in words if word[0].islower()}
    left = [low for low in rest if low not in _LINKS and low not in _EMPTY and not (low in PAPERS and low in small)]
    if country and all(low in GOVERNMENT for low in left):
        return Party(country, state=country)
    named = [low for low in left if low not in SPEAKS_FOR] or left
    proper = any(word[0].isupper() and normal_name(word) not in TITLES | AGENTS for word in words)
    if named and (country or (proper and _is_collective(words))):
        return Party(" ".join(([country] if country else []) + named))
    return Party()


def _known_in(words: list[str]) -> Party | None:
    """The body that the words name, alone, with roles behind or before it, or with a task: "UN humanitarian chief"."""
    for size in range(len(words), 0, -1):
        for first in (0, len(words) - size):
            rest = words[:first] + words[first + size :]
            known = _body(" ".join(words[first : first + size]))
            if known is None or (rest and _is_country(words[first : first + size])):
                continue
            if all(word[0].islower() or normal_name(word) in _ROLES for word in rest):
                return known
    return None


def _is_country(words: list[str]) -> bool:
    """Whether the words are a country, adjective or capital, whose officials are told from its scientists later."""
    return normal_name(" ".join(words)) in COUNTRIES


def _place(words: list[str]) -> str:
    """The place smaller than a country whose department it is: "Gaza's health ministry"."""
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            if name[0].isupper() and is_place(name):
                return canonical_place(name)
    return ""


_EMPTY = PAPER_QUALIFIERS - {"government", "court", "police", "state", "medical", "hospital", "company"} | frozenset(
    "unnamed anonymous senior top unidentified own some several two three many most other newly mr mrs".split()
)


def _expanded(low: str) -> list[str]:
    return ["defence", "ministry"] if low in ("mod", "dod") else [low]


def _country(lows: list[str]) -> tuple[str, list[str]]:
    """The first country that the words name, and the other words; a capital in a longer name stands for none."""
    for size in (3, 2, 1):
        for at in range(len(lows) - size + 1):
            name = " ".join(lows[at : at + size])
            country = COUNTRIES.get(name)
            if country is not None and (name == "us" or canonical_place(name) == country):
                return country, lows[:at] + lows[at + size :]
    return "", lows


def _department(lows: list[str], *, country: str) -> str:
    """The department that the words name with its head word: "foreign ministry", "minister of health"."""
    if not any(low in DEPARTMENT_HEADS or (country and low in STAFF) for low in lows):
        return ""
    return next((DEPARTMENTS[low] for low in lows if low in DEPARTMENTS and low != "military"), "")


def _is_collective(words: list[str]) -> bool:
    """Whether the words end in a noun for a body, or hold one: "Labour Party", "University of Texas"."""
    lows = [normal_name(word) for word in words]
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        return True
    return any((low in AGENTS and low not in PERSON_ROLES) or low in _CORPORATE or low in OUTLET_WORDS for low in lows)


def is_outlet(name: str) -> bool:
    """Whether the name is one of a paper, an agency or a station."""
    lows = [normal_name(word) for word in _WORD.findall(name)]
    if not lows or not any(low in OUTLET_WORDS for low in lows) or any(low in NOT_OUTLETS for low in lows):
        return False
    return any(word[0].isupper() for word in _WORD.findall(name)) or lows[-1] in _KINDS_OF_OUTLET


_KINDS_OF_OUTLET = frozenset("newspaper newspapers magazine television tv radio agency broadcaster".split())


def owner_of_outlet(name: str) -> str | None:
    """The outlet in a name, itself or as the owner of one of its people: "CNN's Fred Pleitgen" is CNN."""
    owner = re.match(r"(.{2,60}?)['’]s\s", name)
    if owner is not None and is_outlet(owner[1]):
        return owner[1]
    return name if is_outlet(name) else None


def is_body(name: str) -> bool:
    """Whether the name is one of a body or a government and not of a person."""
    party = _party(name)
    return bool(party.body) and not party.person


def refers_to(name: str, previous: str, *, pronoun: str | None, definite: bool) -> bool:
    """Whether a pronoun, a general noun ("the ministry") or a surname can mean the speaker named before."""
    if pronoun is not None:
        return _meant_by(pronoun, previous)
    words = _WORD.findall(name)
    if not words or name == previous:
        return False
    low = normal_name(words[-1])
    if definite and len(words) == 1 and words[0].islower():
        if low in map(normal_name, _WORD.findall(previous)):
            return True
        return low in _HYPERNYMS and bool(_party(previous).body) and not _party(previous).person
    if len(words) <= 2 and words[-1][0].isupper() and _titled(words[:-1]):
        person = _party(previous).person
        return len(person.split()) > 1 and _same_person(low, person)
    return False


def _meant_by(pronoun: str, previous: str) -> bool:
    """Whether a pronoun for a person, for a body or for either can mean the speaker named before."""
    party = _party(previous)
    if pronoun == "person":
        return bool(party.person) or (not party.body and _is_role(previous))
    if pronoun == "body":
        return not party.person and (bool(party.body) or not _is_role(previous))
    return not party.person


_HYPERNYMS = frozenset("agency organisation organization body group".split())


def _titled(words: list[str]) -> bool:
    return all(normal_name(word) in TITLES for word in words)


def _is_role(name: str) -> bool:
    lows = [normal_name(word) for word in _WORD.findall(name)]
    return any(low in PERSON_ROLES for low in lows)
