"""The classes of event and the qualifiers that decide whether two figures count the same thing.

Small general word lists over stems: classes follow the fields of disaster, conflict and public-health reporting (dead,
injured, missing, displaced; confirmed, suspected, probable), where a figure of one class never answers a figure of
another.
"""

from __future__ import annotations

import sys
from functools import lru_cache

_EVENT_WORDS = {
    "death": (
        "buried kill kills killed killing die died dies dying dead death deaths fatality fatalities fatal toll "
        "perish perished drown drowned slain neutralised neutralized eliminated liquidated claiming beheaded "
        "shot-dead murdered murder murders massacred body bodies corpse corpses lives executed lynched deadly "
        "deadliest"
    ),
    "injury": "injured injure injuring injuries injury wound wounded wounding hurt wounds maimed",
    "missing": "missing unaccounted disappeared vanished",
    "homeless": "homeless displaced displace uprooted shelter shelters sheltered",
    "evacuation": "evacuated evacuate evacuees evacuation evacuating airlifted",
    "case": (
        "case cases infected infection infections infecting contracted sickened sick ill positive diagnosed infect "
        "tested"
    ),
    "arrest": "arrested arrest arrests detained detain custody jailed imprisoned rounded detainees prisoners inmates",
    "rescue": "rescued saved pulled freed",
    "hospital": "hospitalised hospitalized hospital hospitals admitted intensive",
    "arrival": "coming arrived arrive arrival arrivals entered entering flocked flown landed crossed",
    "combat": "fight fighting fought combat",
    "flight": "fled flee fleeing escaped escape deserted deserters refugees",
    "recruitment": (
        "recruited recruit recruiting hired enlisted volunteered volunteer volunteers appealed applied applications"
    ),
    "aid": "pledged pledge pledges donated donate donations raised aid relief funds fund fundraising donation",
    "trapped": "trapped stranded stuck",
    "quarantine": "quarantined quarantine isolation",
    "vaccine": "vaccinated vaccine vaccines doses vaccination vaccinations immunised",
    "destruction": "destruction destroyed damaged collapsed razed flattened burned burnt destroy demolished",
    "protest": (
        "protesters protestors demonstrators marched rally crowd marchers protest demonstration attended gathered"
    ),
    "deployment": "deployed deploy troops soldiers sent deployment peacekeepers forces marines guards",
    "jobs": (
        "jobs job employed hired layoffs unemployed laid payrolls workers employees employment unemployment jobless"
    ),
    "votes": "votes vote voted voters ballots delegates electoral poll polled polls seats senators",
    "leak": "leaked leaking leak spill spilled spilling gushing spewing flow flowing oil",
    "price": "price prices cost costs priced sold trading shares stock crude barrel",
    "spending": (
        "spend spending spent budget budgets deficit debt bailout stimulus fine fined settlement tax taxes revenue "
        "revenues earmarked"
    ),
    "growth": "growth grew gdp inflation rate interest",
    "sentence": "sentenced sentence prison",
    "earthquake": "magnitude richter tremor",
    "distance": "epicentre epicenter miles kilometres kilometers km distance",
    "people_affected": "affected need hungry needy starving",
    "school": "schools school closed pupils students",
    "country": "countries country nations nation states",
    "flights": "flights flight cancelled canceled",
}
EVENT_OF = {word: name for name, words in _EVENT_WORDS.items() for word in words.split()}

# What narrows a count, in groups of which one excludes the other.
_CATEGORY_WORDS = {
    "certainty": {
        "confirmed": "confirmed confirms confirm laboratory verified",
        "suspected": (
            "suspected probable possible suspect likely feared presumed investigation investigated fears "
            "potential tentative"
        ),
    },
    "novelty": {
        "new": "new additional further another more extra fresh latest",
        "total": "total altogether overall cumulative combined",
    },
    "sort": {
        "civilian": "civilian civilians",
        "military": "soldiers troops servicemen military",
        "police": "police officers",
        "children": "children child babies",
        "women": "women",
        "men": "men",
        "foreign": "foreign",
        "students": "students pupils",
        "journalists": "journalists",
        "staff": "staff peacekeepers",
        "militants": "militants insurgents rebels",
        "prisoners": "prisoners",
        "american": "americans",
        "british": "britons",
        "workers": "workers",
        "passengers": "passengers",
        "migrants": "migrants",
        "refugees": "refugees",
    },
}
CATEGORY_GROUPS = {
    group: {word: name for name, words in names.items() for word in words.split()}
    for group, names in _CATEGORY_WORDS.items()
}
# Generic words for those counted, which neither make nor break a match.
GENERIC = frozenset(
    """people person persons individual individuals human humans total number figure amount resident
    residents victim victims others life lives""".split()
)

PERSONS = frozenset(
    """refugees evacuees detainees prisoners inmates protesters protestors demonstrators marchers volunteers recruits
    deserters voters senators""".split()
)

# Classes of which a figure of one never answers a figure of another, whatever else the sentences share.
EXCLUSIVE = frozenset(
    """death injury missing homeless evacuation case arrest rescue hospital arrival combat flight
    trapped quarantine vaccine destruction""".split()
)
# How a figure behaves over time: a running count can only grow; a stock or a rate moves both ways.
RUNNING = frozenset(
    "death injury case aid arrest destruction vaccine arrival recruitment evacuation rescue votes".split()
)
STOCK = frozenset("missing homeless combat hospital trapped quarantine jobs price growth deployment spending".split())

_SUFFIXES = (("sses", "ss"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("'s", ""), ("s'", "s"))
FUNCTION_WORDS = frozenset(
    """a about after all also an and any are as at be because been before being but by can could did do does during
    each for from further had has have having he her here him his how i if in into is it its itself just like may me
    might more most my no nor not now of off on once one only or other our out over own per said say says she should
    so some such than that the their them then there these they this those through to told too under until up very
    was we were what when where which while who whom why will with would you your according two three four five six
    seven eight nine ten hundred thousand million billion dozens hundreds thousands around least many much nearly
    almost since yesterday today monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december week month year day last next still yet however mr
    mrs ms dr""".split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A light stem of a lower-case English word: the plural and the commonest verb endings off.

    Equal stems are one object: the claims of a large collection hold millions of them.
    """
    return sys.intern(_without_endings(word))


def _without_endings(word: str) -> str:
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)] + replacement
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            word = word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            return word.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def content_stems(words: list[str]) -> frozenset[str]:
    """The stems of the words that carry content."""
    return frozenset(stem(word) for word in words if word not in FUNCTION_WORDS and len(word) > 2)
