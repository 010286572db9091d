"""How the furniture of web pages is known: navigation, calls, rights, credits, bylines, metadata, charts.

Every pattern is anchored and its gaps are bounded, so that a hostile line costs no more than an honest one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from contradict.documents.navigation import is_navigation

_AGENCY_NAMES = tuple(
    "Getty Images,Getty,Reuters,REUTERS,AP,Associated Press,AFP,EPA-EFE,EPA,UPI,PA Wire,PA Images,PA,Shutterstock,Alamy"
    ",iStock,Bloomberg,Xinhua,TASS,Sputnik,Anadolu Agency,Anadolu,NurPhoto,Zuma Press,Zuma,ZUMA,dpa,Corbis,Rex Features"
    ",Rex,Handout,Flickr,Wikimedia Commons,Wikimedia,Wikipedia,Pixabay,Unsplash,YouTube,Twitter,Facebook"
    ",Screenshot".split(",")
)
_AGENCIES = rf"(?:{'|'.join(_AGENCY_NAMES)})"

_ORNAMENT = re.compile(r"[^\w$£€¥%]+")
_HEADING = re.compile(
    r"(?:(?:previous|next) (?:article|post|story)|read (?:more|next|also)|also read"
    r"|related(?: (?:articles?|stories|posts|coverage))?|more on this(?: story)?|see also|recommended"
    r"|you (?:may|might) (?:also )?like|don't miss)\s?[:.…>»]{0,3}",
    re.IGNORECASE,
)
"""Lines behind which the headline of another article follows."""

_CALL = re.compile(
    r"(?:[-*•>(\s]{0,4}click (?:here|below)\b"
    r"|[-*•>(\s]{0,4}(?:please |now |to |or |and |for more[^.]{0,60}, )?"
    r"(?:sign up|subscribe|follow|join|get|download|visit|watch|listen|click|tap|read|see|send|e-?mail|contact"
    r"|check out|stay|share|let us know|tell us|write to|buy|order|donate|support|want|like us|catch|register|log in"
    r"|browse|find|view|try|tweet|submit|for more|have a|got a)\b.{0,220}?"
    r"(?:\b(?:newsletters?|inbox|alerts|twitter|facebook|instagram|youtube channel|podcasts?|itunes|spotify|our app"
    r"|the app|app store|news app|click here|sign up|homepage|our website|rss|your (?:device|phone)|form below"
    r"|button below|our journalism)\b"
    r"|@\w|https?://|\bwww\.|\bhere[.!)]{0,2}$))",
    re.IGNORECASE,
)
"""An imperative, and a channel or a link further on."""

_NOTICE = re.compile(
    r"(?:\ball rights reserved\b|\breprint permission\b"
    r"|\bmay not be (?:re)?(?:published|produced|distributed|printed)\b"
    r"|\b(?:opinions?|views) expressed (?:in|by|here|on|are)\b.{0,80}\b(?:own|those|solely|not)\b"
    r"|\bprotected by recaptcha\b"
    r"|\bby (?:signing up|subscribing|registering|clicking)\b.{0,60}\byou (?:agree|accept|consent)"
    r"|\byou (?:can|may) unsubscribe\b|\bcontent belongs to\b|\bsyndicated content\b"
    r"|\b(?:javascript|flash player|cookies)\b.{0,60}\b(?:enable|install|turned on|required|version)"
    r"|\byour browser (?:does|is)\b|\b(?:enable|install|turn on)\b.{0,30}\b(?:javascript|flash player|cookies)\b"
    r"|\bmedia playback is (?:un|not )supported\b"
    r"|\bcomments (?:are (?:now )?(?:closed|moderated)|may be (?:edited|published|moderated))"
    r"|\bthis is a rush transcript\b|\bcopy may not be in its final form\b"
    r"|\bdelivered (?:straight |daily |directly )?to your inbox\b|\bwe (?:may )?(?:earn|receive) a commission\b"
    r"|\bthird[- ]party content\b|\bterms (?:of (?:use|service)|and conditions) apply\b)",
    re.IGNORECASE,
)
_NOTICE_MARKS = tuple(
    "reserved,permission,may not be,expressed,recaptcha,you agree,you accept,consent,unsubscribe,content,script,flash"
    ",cookies,browser,playback,comments,copy may,inbox,commission,apply".split(",")
)
"""Of these, one stands in every notice: looked for first, since most sentences have none."""
MAX_BEFORE_NOTICE = 60
"""Characters of a sentence before a notice; where there are more, they may be the article's last words run into it."""
_GOES_ON = re.compile(r"\s(?:--|-)\s")
"""A dash behind a notice ("The views are his own -- ..."): the article begins there."""

_RIGHTS = re.compile(
    r"(?:©|\(c\)\s?(?:19|20)\d\d\b|.{0,60}©\s?(?:copyright )?(?:19|20)\d\d\b"
    r"|copyright\s?(?:©|\(c\)|(?:19|20)\d\d\b|(?:by|for|held|notice|policy)\b|.{0,60}\b(?:inc|llc|ltd)\b))",
    re.IGNORECASE,
)
_RIGHTS_OPENINGS = ("(", "c", "C")
"""How a sentence of rights begins, if it has no sign for them."""
_CREDIT = re.compile(
    r"[(\[•*\s-]{0,4}(?:(?:additional |further )?"
    r"(?:reporting|writing|editing|compiled|graphics?|photo(?:graph)?s?|pictures?|video|illustrations?|edited|written"
    r"|translated|produced)(?: and (?:reporting|writing|editing))? by"
    r"|contribut(?:ing|ors?)\s?:|(?:photo(?:graph)?s?|pictures?|images?|illustrations?|credits?|graphics?)"
    r"(?: (?:credit|courtesy|source|copyright))?\s?[:©/])\s?",
    re.IGNORECASE,
)
"""The beginning of a credit; only names and joiners may follow."""
_CONTRIBUTED = re.compile(r"\bcontributed (?:\w+ )?to th(?:is|e) (?:report|story|article|piece|post)\b", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:enlarge this image|toggle caption|hide caption|image (?:source|caption|copyright)\b|media caption\b"
    r"|file (?:photo|picture|image)\b|photo caption\b|pictured (?:above|below|here)\b)",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    rf"(?:{_AGENCIES}|{_AGENCIES}(?: Photo)?\s?/.{{2,60}}"
    rf"|(?P<who>.{{2,80}}?)(?:\s?/\s?|,? (?:via|for|courtesy(?: of)?) |: |\s?[©|] ){_AGENCIES}(?:/{_AGENCIES})*)[\s.]*"
)
CREDIT_INSIDE = re.compile(
    r"[(\[](?:(?:AP|Reuters|AFP|EPA|Getty|File|Staff)? ?(?:Photo(?:graph)?s?|Image|Picture|Credit|Screenshot)s?"
    r"(?: (?:credit|courtesy|by|of|from)|:|/)[^()\[\]]{0,100}"
    rf"|[A-Z][^()\[\]/]{{2,60}}(?:/| via | for ){_AGENCIES}[^()\[\]]{{0,40}})[)\]]"
)
"""A photo credit in brackets within a line."""

_ADDRESS = re.compile(
    r"(?:(?:source(?: link)?|link|url|via|original(?: article)?|permalink|originally published (?:at|on|by))\s?:?\s?)?"
    r"(?:https?://|www\.)\S+|[\w.+-]{1,60}@[\w.-]{1,60}|(?:@\w{1,40}[\s,]*)+|(?:#\w{1,60}[\s,]*)+",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:source(?: link)?|authors?|publish(?:ed)?(?: date| on)?|publication date|tags?|filed under|topics?"
    r"|categor(?:y|ies)|keywords?|posted(?: in| by)?|reading time|image credit|photo credit|editor|follow)\s?:.{0,160}",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:[-*•>\[(\s]{0,4}(?:read more|more|related|see also|also see|also read|read also|read|watch|listen|go deeper"
    r"|must read|don't miss|photos|video|slideshow|gallery|from the archives?|opinion|recommended|in pictures"
    r"|full coverage|editor's picks?)\s?(?::|\||>|»)"
    r"|more (?:from|on|about) [A-Z]|read more (?:from|on|about|at|here)|continue reading at"
    r"|originally (?:appeared|published) (?:on|at|in)).{0,200}",
    re.IGNORECASE,
)
_BYLINE_WORDS = frozenset(
    "and in for of the to with at by from staff special writer writers correspondent correspondents editor editors"
    " reporter reporters contributor columnist bureau chief".split()
)
_BYLINE_START = re.compile(r"(?:by|words by|posted by|reported by|story by|authors?)\b\s?:?\s+", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,300}\)")
"""A link in Markdown; its words tell what it is."""
_STOPS_AND_SPACES = "." + "".join(filter(str.isspace, map(chr, range(0x3001))))
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]{0,3}$")

MAX_LINE = 400
MAX_SENTENCE = 300
"""Characters of a line and of a sentence that can be furniture; longer ones are text."""


def line_reason(line: str) -> str:
    """Why a whole line, in `LOOKALIKES` form, is not the article itself; empty where it may be."""
    if len(line) > MAX_LINE:
        return ""
    if _ORNAMENT.fullmatch(line):
        return "ornament"
    line = (_LINK.sub(r"\1", line) if "](" in line else line).strip("*_ ")
    if is_navigation(line):
        return "navigation"
    if _ADDRESS.fullmatch(line) or (_LABELLED.fullmatch(line) and not _ends_sentence(line)):
        return "metadata"
    if _CAPTION.match(line):
        return "caption"
    credit = _CREDIT_LINE.fullmatch(line) if _names_agency(line) else None
    if (credit and is_proper_name(credit["who"] or "", at_most=14)) or _named(line, _CREDIT):
        return "credit"
    if _named(line, _BYLINE_START):
        return "byline"
    if _MORE.fullmatch(line) and not _ends_sentence(line):
        return "navigation"
    return sentence_reason(line)


def _names_agency(line: str) -> bool:
    """Whether an agency stands at either end of a line, as in every credit on a line of its own."""
    return line.startswith(_AGENCY_NAMES) or line.rstrip(_STOPS_AND_SPACES).endswith(_AGENCY_NAMES)


_NUMBER = r"([$€£]?)(\d{1,3}(?:,\d{3}){1,4}|\d{1,9}(?:\.\d{1,4})?)((?:k|K|m|M|B|bn|%)?)"
_NUMBERS = re.compile(rf"(?<!\S)(?:{_NUMBER}(?:\s{{1,3}}|\Z)){{4,40}}")
"""Numbers with nothing but space between them."""
_TWO_NUMBERS = re.compile(r"\d(?:k|K|m|M|B|bn|%)?\s{1,3}[$€£]?\d")  # in every such run, and found several times as fast
_EACH = re.compile(_NUMBER)
_TICKS = 4  # numbers that make a scale


@lru_cache(maxsize=4)  # a line of one sentence is asked for as a line and as a sentence
def sentence_reason(sentence: str) -> str:
    """Why a sentence, in `LOOKALIKES` form, is not the article itself; empty where it may be."""
    if len(sentence) > MAX_SENTENCE:
        return ""
    if (sentence.startswith(_RIGHTS_OPENINGS) or "©" in sentence) and _RIGHTS.match(sentence):
        return "rights"
    if _CALL.match(sentence):
        return "call"
    lower = sentence.lower()
    if any(map(lower.__contains__, _NOTICE_MARKS)):
        found = _NOTICE.search(sentence)
        if found and found.start() <= MAX_BEFORE_NOTICE and not _GOES_ON.search(sentence, found.end()):
            return "notice"
    if "contributed" in lower and _CONTRIBUTED.search(sentence):
        return "credit"
    if _has_scale(sentence):
        return "chart"
    return ""


def _has_scale(sentence: str) -> bool:
    """Whether the scale of a chart stands in a sentence: amounts of one unit side by side, in equal steps ("60k 50k 40k
    30k"). Bare numbers may be years, rooms or the draw of a lottery.
    """
    if _TWO_NUMBERS.search(sentence) is None:
        return False
    for found in _NUMBERS.finditer(sentence):
        amounts = [(sign + unit, float(number.replace(",", ""))) for sign, number, unit in _EACH.findall(found[0])]
        if any(_is_scale(amounts[at : at + _TICKS]) for at in range(len(amounts) - _TICKS + 1)):
            return True
    return False


def _is_scale(ticks: Sequence[tuple[str, float]]) -> bool:
    units = {unit for unit, number in ticks if number}  # 0 may have none
    steps = {round(after - before, 6) for (_, before), (_, after) in pairwise(ticks)}
    return len(units) == len(steps) == 1 and "" not in units and 0 not in steps


def announces_headline(line: str) -> bool:
    """Whether the line behind this one is the headline of another article."""
    return _HEADING.fullmatch(line) is not None


def _named(line: str, opening: re.Pattern[str]) -> bool:
    """Whether a line opens so and goes on with names: "By Ann Lee and Bo Day, Example News"."""
    found = opening.match(line)
    if not found or len(line) > 160:
        return False
    return is_proper_name(line[found.end() :], at_most=16)


def is_proper_name(text: str, *, at_most: int = 6) -> bool:
    """Whether every word is a name's or a usual joiner's: "The Alder Valley News", "Ann Lee and Bo Day"."""
    words = re.split(r"[\s,|;/()&]+", text.strip(" .,()"))
    return len(words) <= at_most and all(
        not word or word[0].isupper() or word.lower() in _BYLINE_WORDS for word in words
    )


def is_name(line: str) -> bool:
    """Whether a line could be a person's name and nothing else: two to four capitalised words."""
    words = line.split()
    return 2 <= len(words) <= 4 and all(
        re.fullmatch(r"[A-Z][a-z'-]{1,20}(?:[A-Z][a-z]{1,20})?|[A-Z]\.?", word) for word in words
    )


def headline_like(line: str) -> bool:
    """Whether a line could be a headline: short, no full stop at its end."""
    return 8 <= len(line) <= 200 and not _ends_sentence(line) and any(character.isalpha() for character in line)


def _ends_sentence(line: str) -> bool:
    return _SENTENCE_END.search(line) is not None
