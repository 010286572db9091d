"""Words that deny, and pairs of words of which only one can hold: what to look for where two claims clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

DENIALS = frozenset(
    """not no never none nobody nothing neither nor without cannot denied denies deny denying denial refused refuses
    refuse refusing failed fails fail failing rejected rejects reject dismissed dismisses dismiss hardly barely scarcely
    unable declined declines decline lacked lacks lack lacking stopped halted ceased disputed disputes contested refuted
    refutes rebutted false untrue unfounded baseless nowhere zero absence absent unlikely impossible""".split()
)
"""Single words that turn what they stand by into its contrary."""

NO_DENIALS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "not only", "not just", "not merely", "not least", "no doubt", "no matter", "no wonder", "nothing but",
        "without doubt", "without question",
    )
)  # fmt: skip
"""Two words of which the first denies nothing for once."""

DENYING_PHRASES = (
    "yet to", "ruled out", "rule out", "rules out", "far from", "no longer", "anything but", "rather than",
    "instead of", "stopped short of", "stopped short", "held off", "short of", "called off", "no part",
)  # fmt: skip

_MOVES = """
rose/fell rise/fall rises/falls rising/falling risen/fallen increased/decreased increase/decrease increasing/decreasing
grew/shrank growth/decline growing/shrinking climbed/dropped jumped/plunged soared/plunged surged/slumped higher/lower
accelerated/slowed""".split()

_PAIRS = """
gained/lost gain/loss gains/losses up/down raised/lowered raise/lower expanded/reduced expand/reduce
strengthened/weakened strengthen/weaken strong/weak stronger/weaker widened/narrowed doubled/halved
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
    for entry in (*_MOVES, *_PAIRS):
        one, other = entry.split("/")
        table[one].add(other)
        table[other].add(one)
    return {word: frozenset(others) for word, others in table.items()}


OPPOSITES: Mapping[str, frozenset[str]] = _table()
"""For a word, the words that cannot hold with it of one thing at one time."""

MOVES = frozenset(word for entry in _MOVES for word in entry.split("/"))
"""Words for what goes up or down: one way on one day, the other on another."""
