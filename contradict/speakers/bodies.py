"""Bodies that news quotes under several names, and the words that point to the parts of a state."""

from __future__ import annotations

_BODIES = """
world health organization | world health organisation, who
united nations | un, uno, united nations secretariat, un secretariat
un high commissioner for refugees | unhcr, un refugee agency, united nations high commissioner for refugees
unicef | un children's fund, united nations children's fund, un childrens fund
world food programme | wfp, world food program, un world food programme
un office for the coordination of humanitarian affairs | ocha, unocha, un ocha
un security council | security council, united nations security council
un human rights council | human rights council
centers for disease control and prevention | cdc, centers for disease control,
  us centers for disease control and prevention, us centers for disease control, us cdc, centres for disease control
european union | eu, european commission, ec, brussels
european central bank | ecb
european centre for disease prevention and control | ecdc
international monetary fund | imf
world bank | world bank group
world trade organization | wto, world trade organisation
federal reserve | fed, us federal reserve, us fed, federal reserve board
bank of england | boe
international committee of the red cross | icrc
red cross | international federation of the red cross, ifrc, international red cross, red crescent,
  international federation of red cross and red crescent societies
nato | north atlantic treaty organization, north atlantic treaty organisation, atlantic alliance
african union | au
arab league | league of arab states
organization for security and co-operation in europe | osce
oecd | organisation for economic co-operation and development, organization for economic cooperation and development
opec | organization of the petroleum exporting countries
international atomic energy agency | iaea
international criminal court | icc
international organization for migration | iom, international organisation for migration
doctors without borders | msf, medecins sans frontieres
amnesty international | amnesty
human rights watch | hrw
transparency international |
oxfam | oxfam international
save the children |
syrian observatory for human rights | sohr
central intelligence agency | cia, us central intelligence agency
federal bureau of investigation | fbi
national security agency | nsa
food and drug administration | fda, us food and drug administration
environmental protection agency | epa, us environmental protection agency
federal emergency management agency | fema
us geological survey | usgs, united states geological survey
nasa | national aeronautics and space administration
us census bureau | census bureau
us congressional budget office | congressional budget office, cbo
government accountability office | gao
bureau of labor statistics | bls
internal revenue service | irs
securities and exchange commission | sec
islamic state | isis, isil, daesh, islamic state group
taliban | afghan taliban
hamas |
hezbollah | hizbollah, hizbullah
al-qaeda | al qaeda, al-qaida, al qaida
democratic party | democrats, democratic national committee, dnc
republican party | republicans, gop, republican national committee, rnc
associated press | ap
agence france-presse | afp
british broadcasting corporation | bbc, bbc news
new york times | nyt
wall street journal | wsj
johns hopkins university | johns hopkins
"""

METONYMS = {
    "kremlin": "russia",
    "white house": "united states",
    "obama administration": "united states",
    "downing street": "united kingdom",
    "number 10": "united kingdom",
    "no 10": "united kingdom",
    "whitehall": "united kingdom",
    "elysee": "france",
    "elysee palace": "france",
    "quai d'orsay": "france foreign ministry",
    "pentagon": "united states defence ministry",
    "state department": "united states foreign ministry",
    "foreign office": "united kingdom foreign ministry",
    "home office": "united kingdom interior ministry",
    "department of homeland security": "united states interior ministry",
    "homeland security": "united states interior ministry",
    "department of health and human services": "united states health ministry",
    "health and human services": "united states health ministry",
    "hhs": "united states health ministry",
    "idf": "israel",
    "israel defense forces": "israel",
    "israel defence forces": "israel",
    "bundestag": "germany parliament",
    "duma": "russia parliament",
    "knesset": "israel parliament",
}
"""Seats and nicknames that stand for a government or one of its departments; capitals do so by `places.COUNTRIES`."""

DEPARTMENTS = {
    "defence": "defence",
    "defense": "defence",
    "war": "defence",
    "military": "defence",
    "foreign": "foreign",
    "external": "foreign",
    "health": "health",
    "interior": "interior",
    "home": "interior",
    "internal": "interior",
    "finance": "finance",
    "treasury": "finance",
    "economy": "economy",
    "economic": "economy",
    "justice": "justice",
    "education": "education",
    "agriculture": "agriculture",
    "labour": "labour",
    "labor": "labour",
    "energy": "energy",
    "oil": "energy",
    "transport": "transport",
    "transportation": "transport",
    "environment": "environment",
    "emergency": "emergencies",
    "emergencies": "emergencies",
    "trade": "trade",
    "commerce": "trade",
    "information": "information",
    "culture": "culture",
    "housing": "housing",
    "immigration": "immigration",
}
STAFF = frozenset("official officials authority authorities".split())
"""Words that with a country and a department mean that department: "Mexican health officials"."""
DEPARTMENT_HEADS = frozenset("ministry ministries minister ministers department dept secretary".split())
GOVERNMENT = frozenset(
    "government governments authorities authority officials official administration state president presidency "
    "presidential prime premier chancellor military army navy forces force troops armed airforce command kremlin "
    "ministry minister ministers embassy ambassador ambassadors envoy diplomat diplomats consulate cabinet leadership "
    "regime spokesman spokeswoman spokesperson foreign federal national general staff commander commanders "
    "commander-in-chief vice deputy high commission commissioner king queen leader leaders supreme secretary side "
    "aide aides adviser advisers press head heads".split()
)
"""Words that beside a country leave its government: "Russian officials", "the Russian military"."""


def _read_bodies() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in filter(None, _BODIES.replace("\n  ", " ").splitlines()):
        name, _, others = line.partition("|")
        for other in (name, *others.split(",")):
            if other.strip():
                known[other.strip()] = name.strip()
    return known


BODIES = _read_bodies()
"""Names of bodies in lower case, without full stops and accents, with the one that each goes by here."""
IN_CAPITALS = frozenset("who un uno au ec fed eu ap gao sec icc who's".split())
"""Abbreviations that are words or names in lower case; they are bodies only in capitals."""
