"""Words that deny, and pairs of words of which only one can hold: what to look for where two claims clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

DENIALS = dict(
    entry.split("/")
    for entry in """not/ no/some never/ none/some nobody/somebody nothing/something neither/both nor/and without/with
    cannot/can nowhere/somewhere zero/some hardly/ barely/ scarcely/ denied/confirmed denies/confirms deny/confirm
    denying/confirming denial/confirmation refused/granted refuses/grants refuse/grant refusing/granting
    failed/succeeded fails/succeeds fail/succeed failing/succeeding rejected/accepted rejects/accepts reject/accept
    dismissed/upheld dismisses/upholds dismiss/uphold declined/accepted declines/accepts decline/accept lacked/had
    lacks/has lack/have lacking/having stopped/continued halted/continued ceased/continued disputed/accepted
    disputes/accepts contested/accepted refuted/confirmed refutes/confirms rebutted/confirmed false/true untrue/true
    unfounded/founded baseless/founded unable/able unlikely/likely impossible/possible absence/presence
    absent/present""".split()
)
"""Single words that turn what they stand by into its contrary, and what stands in their place where it is affirmed."""

NO_DENIALS = frozenset({("not", "only"), ("not", "just"), ("not", "merely"), ("no", "doubt"), ("nothing", "but")})
"""Two words of which the first denies nothing for once."""

DENYING_PHRASES = {
    "no longer": "still", "no part": "a part", "no to": "yes to", "yet to be": "already been", "yet to": "managed to",
    "failed to": "managed to", "fails to": "manages to", "fail to": "manage to", "failing to": "managing to",
    "refused to": "agreed to", "refuses to": "agrees to", "refuse to": "agree to", "refusing to": "agreeing to",
    "declined to": "agreed to", "declines to": "agrees to", "decline to": "agree to", "lack of": "presence of",
    "ruled out": "confirmed", "rule out": "confirm", "rules out": "confirms", "far from": "", "anything but": "",
    "rather than": "as well as", "instead of": "as well as", "stopped short of": "went as far as",
    "stopped short": "went ahead", "held off": "went ahead", "fell short of": "reached", "short of": "above",
    "called off": "held",
}  # fmt: skip
"""The same of several words."""

_PAIRS = """
rose/fell rise/fall rises/falls rising/falling risen/fallen increased/decreased increase/decrease increasing/decreasing
gained/lost gain/loss gains/losses grew/shrank growth/decline growing/shrinking climbed/dropped jumped/plunged
soared/plunged surged/slumped higher/lower up/down raised/lowered raise/lower expanded/reduced expand/reduce
strengthened/weakened strengthen/weaken strong/weak stronger/weaker widened/narrowed doubled/halved accelerated/slowed
won/lost win/lose victory/defeat winner/loser beat/lost succeeded/failed success/failure successful/unsuccessful
accepted/rejected accept/reject approved/rejected approve/reject backed/opposed back/oppose supported/opposed
supports/opposes support/oppose support/opposition welcomed/condemned praised/criticised praised/criticized
endorsed/rejected agreed/refused allowed/banned allow/ban allows/bans permitted/barred upheld/overturned
upheld/rejected confirmed/denied admitted/denied acknowledged/denied accused/cleared convicted/acquitted
guilty/innocent guilty/acquitted charged/cleared arrested/released detained/released detained/freed jailed/freed
began/ended begin/end started/stopped start/stop started/ended resumed/suspended continued/stopped launched/cancelled
opened/closed open/closed open/shut reopened/closed lifted/imposed imposed/scrapped extended/shortened
joined/left join/leave entered/left arrived/departed stayed/left remained/left returned/fled advanced/retreated
captured/lost seized/surrendered attacked/defended signed/vetoed kept/dropped keep/drop retained/abolished
survived/died alive/dead living/dead healthy/sick safe/dangerous safe/unsafe peaceful/violent calm/chaotic
before/after earlier/later first/last early/late ahead/behind inside/outside indoors/outdoors within/outside above/below
over/under north/south northern/southern east/west eastern/western left/right home/abroad domestic/foreign
always/never all/none everyone/nobody everybody/nobody many/few most/few more/fewer more/less majority/minority
unanimously/narrowly largest/smallest biggest/smallest highest/lowest best/worst better/worse good/bad
old/new older/younger oldest/youngest young/old rich/poor cheap/expensive easy/difficult major/minor broad/narrow
true/false likely/unlikely possible/impossible legal/illegal lawful/unlawful constitutional/unconstitutional
public/secret public/private voluntary/mandatory optional/compulsory temporary/permanent armed/unarmed active/inactive
friend/enemy ally/rival allies/rivals husband/wife brother/sister son/daughter father/mother man/woman men/women
boy/girl male/female buy/sell bought/sold lend/borrow hired/fired appointed/dismissed appointed/sacked promoted/demoted
included/excluded with/without pass/fail passed/failed optimistic/pessimistic confident/doubtful
deliberate/accidental deliberately/accidentally intact/destroyed full/empty crowded/deserted known/unknown
present/absent attended/skipped attended/missed found/missing""".split()


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for entry in _PAIRS:
        one, other = entry.split("/")
        table[one].add(other)
        table[other].add(one)
    return {word: frozenset(others) for word, others in table.items()}


OPPOSITES: Mapping[str, frozenset[str]] = _table()
"""For a word, the words that cannot hold with it of one thing at one time."""
