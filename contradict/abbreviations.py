"""Word lists that tell a full stop that ends a sentence from one that marks an abbreviation; data for `sentences`."""

from __future__ import annotations

import re

# "U.S", "a.m", "Ph.D", "J.R.R": what stands before the last stop.
ACRONYM = re.compile(r"[^\W\d_]{1,3}(?:\.[^\W\d_]{1,2})+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A name follows these, so the stop after them ends nothing (written with a capital).
TITLES = _words(
    """
    adm amb asst atty brig capt cdr chas cllr cmdr cmdt cmsgt col comdr cpl cpt det dist dr dra drs fr ft gen
    geo gov hon insp lieut lt ltc ltcol maj messrs mlle mm mme mr mrs ms msgr mt mx pfc pres prof pte pvt rep
    reps rev rt sen sens sfc sgt sgts spc sra ssgt ste supt thos treas wm
    """
)

# Something that belongs to them follows always.
NEVER = _words("approx cf cu incl resp sq viz vs")

# A number follows these; without one the stop is a stop.
BEFORE_NUMBER = _words("art arts avg ch chap ext fig figs ft max min no nos nr p para paras pp tel vol vols")

# A capital after these is the next sentence or the rest of the name: only a word that opens sentences decides.
WEAK = _words(
    """
    ala alta apr ariz ark assn assoc aug ave blvd bros calif co colo conn corp cos dec del dept dir esq feb fla
    ga govt hwy ill inc ind intl jan jr jul jun kan ky la ltd mar mass md mfg mgr mich minn miss mo mont natl
    neb nev nov oct okla ont ore pa penn pkwy que rd sask sec sep sept sr st tenn tex thurs tues univ va vt
    wash weds wis wyo
    """
)

# Words that open sentences and begin no name.
STARTERS = _words(
    """
    A About According Across Additionally After Again Against All Almost Along Already Also Although Amid Among
    An And Another Any Anyone Are Around As Asked At Back Because Before Besides Both But By Can Could Despite
    Did Do Does During Each Earlier Either Even Every Everyone Few Five For Former Four From Further Furthermore
    Given Had Has Have He Hence Her Here His How However I If In Indeed Instead Is It Its Just Last Later Least
    Let Like Many Maybe Meanwhile Moreover Most Much My Nearly Neither Never Nevertheless Next No Nobody None
    Nor Not Nothing Now Of Often On Once One Only Or Other Others Otherwise Our Over Overall
    Perhaps Prior Rather Recently Several She Should Similarly Since So Some Something Soon Still Such
    Than That The Their Then There Therefore These They This Those Though Three Through Throughout Thus To Today
    Together Tomorrow Two Under Unfortunately Unless Unlike Until Upon Was We Well Were What Whatever When Where
    Whether Which While Who Whose Why Will With Within Without Would Yes Yesterday Yet You Your
    """
)

# What follows "a.m." and "p.m." within a sentence: days, months, time zones.
AFTER_CLOCK = _words(
    """
    AEST April Atlantic August BST CDT Central CEST CET CST CT December Eastern EDT EET EST ET February Friday
    GMT Greenwich IST January JST July June Kyiv March May MDT Monday Moscow Mountain MSK MST MT November
    October Pacific PDT PST PT Saturday September Sunday Thursday Tuesday UTC Wednesday
    """
)

# A letter or numeral after these is no initial: "World War I. Germany".
NUMBERED = _words(
    """
    appendix category chapter class exhibit grade group hepatitis influenza part phase plan schedule section
    type vitamin war
    """
)

# Names that end in an exclamation mark.
EXCLAIMED = _words("Jeb Jeopardy Mamma Oklahoma Yahoo Yum")

# Ends of web addresses and file names, which a capital does not turn into sentences.
DOMAINS = _words("ai app aspx co com de edu fr gov html info io js net org php ru tv uk us")

# A line that ends in one of these goes on in the next.
FUNCTION_WORDS = _words(
    """
    a an and are as at be been but by for from had has have her his in into is its of on or over than that the
    their to under was were with
    """
)
