"""Countries, their peoples, capitals, larger parts and cities, and what lies in what.

One entry of `_TABLE` for each country: name | other names | adjectives and peoples | capital | other cities | parts; a
line that is indented goes on with the one before. Names are in lower case without marks; a part may list places of its
own in brackets. The table is of general use and not complete: it holds the states of the world, the cities that news
names most, and the states of the United States.
A name that is both a country and something smaller ("Georgia") is the country.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORLD = "world"

_TABLE = """
# africa
algeria || algerian, algerians | algiers | oran |
angola || angolan, angolans | luanda ||
benin || beninese | porto-novo | cotonou |
botswana || botswanan, batswana | gaborone ||
burkina faso || burkinabe | ouagadougou ||
burundi || burundian, burundians | gitega | bujumbura |
cameroon || cameroonian, cameroonians | yaounde | douala |
cape verde | cabo verde | cape verdean | praia ||
central african republic | || bangui ||
chad || chadian, chadians | ndjamena ||
comoros || comorian | moroni ||
democratic republic of the congo | democratic republic of congo, dr congo, drc, congo, congo-kinshasa, zaire |
  congolese | kinshasa | goma, lubumbashi, bukavu | north kivu, south kivu
republic of the congo | congo-brazzaville, republic of congo || brazzaville ||
djibouti || djiboutian |||
egypt || egyptian, egyptians | cairo | alexandria, suez, giza, luxor, port said | sinai
equatorial guinea || equatoguinean | malabo ||
eritrea || eritrean, eritreans | asmara ||
eswatini | swaziland | swazi | mbabane ||
ethiopia || ethiopian, ethiopians | addis ababa | mekelle | tigray, amhara, oromia
gabon || gabonese | libreville ||
gambia || gambian, gambians | banjul ||
ghana || ghanaian, ghanaians | accra | kumasi |
guinea || guinean, guineans | conakry ||
guinea-bissau ||| bissau ||
ivory coast | cote d'ivoire | ivorian, ivorians | yamoussoukro | abidjan |
kenya || kenyan, kenyans | nairobi | mombasa, garissa, kisumu |
lesotho || basotho | maseru ||
liberia || liberian, liberians | monrovia ||
libya || libyan, libyans | tripoli | benghazi, misrata, sirte, derna | cyrenaica
madagascar || malagasy | antananarivo ||
malawi || malawian, malawians | lilongwe | blantyre |
mali || malian, malians | bamako | timbuktu |
mauritania || mauritanian, mauritanians | nouakchott ||
mauritius || mauritian | port louis ||
morocco || moroccan, moroccans | rabat | casablanca, marrakech, marrakesh, tangier |
mozambique || mozambican, mozambicans | maputo | beira | cabo delgado
namibia || namibian, namibians | windhoek ||
niger || nigerien | niamey ||
nigeria || nigerian, nigerians | abuja | lagos, kano, maiduguri, port harcourt, ibadan | borno, niger delta
rwanda || rwandan, rwandans | kigali ||
senegal || senegalese | dakar ||
seychelles || seychellois |||
sierra leone || sierra leonean, sierra leoneans | freetown ||
somalia || somali, somalis | mogadishu | kismayo | somaliland, puntland
south africa || south african, south africans | pretoria | johannesburg, cape town, durban, soweto | gauteng, western
  cape, kwazulu-natal
south sudan || south sudanese | juba ||
sudan || sudanese | khartoum | omdurman, port sudan, el fasher | darfur
tanzania || tanzanian, tanzanians | dodoma | dar es salaam | zanzibar
togo || togolese | lome ||
tunisia || tunisian, tunisians | tunis | sousse, sfax |
uganda || ugandan, ugandans | kampala | entebbe |
zambia || zambian, zambians | lusaka ||
zimbabwe || zimbabwean, zimbabweans | harare | bulawayo |
# middle east
bahrain || bahraini, bahrainis | manama ||
iran | persia, islamic republic of iran | iranian, iranians | tehran | isfahan, mashhad, tabriz, shiraz, qom |
iraq || iraqi, iraqis | baghdad | basra, mosul, fallujah, kirkuk, najaf, karbala, irbil, erbil, ramadi, tikrit,
  samarra | anbar, kurdistan
israel || israeli, israelis | jerusalem | tel aviv, haifa, sderot, ashkelon | golan heights
jordan || jordanian, jordanians | amman | zarqa |
kuwait || kuwaiti, kuwaitis | kuwait city ||
lebanon || lebanese | beirut | sidon |
oman || omani, omanis | muscat ||
palestine | palestinian territories, palestinian territory, occupied territories | palestinian, palestinians |
  ramallah | nablus, hebron, jenin, bethlehem | gaza (gaza city, rafah, khan younis, jabalia), west bank
qatar || qatari, qataris | doha ||
saudi arabia | kingdom of saudi arabia | saudi, saudis, saudi arabian | riyadh | jeddah, mecca, medina |
syria || syrian, syrians | damascus | aleppo, homs, hama, idlib, raqqa, daraa, deir ezzor, kobani |
turkey | turkiye | turkish, turks | ankara | istanbul, izmir, gaziantep, diyarbakir | anatolia
united arab emirates | uae, emirates | emirati, emiratis | abu dhabi | dubai, sharjah |
yemen || yemeni, yemenis | sanaa, sana'a | aden, hodeidah, taiz | hadramawt
# asia
afghanistan || afghan, afghans | kabul | kandahar, jalalabad, herat, kunduz, mazar-i-sharif | helmand
armenia || armenian, armenians | yerevan ||
azerbaijan || azerbaijani, azerbaijanis, azeri | baku | | nagorno-karabakh
bangladesh || bangladeshi, bangladeshis | dhaka | chittagong |
bhutan || bhutanese | thimphu ||
brunei || bruneian | bandar seri begawan ||
cambodia || cambodian, cambodians | phnom penh ||
china | people's republic of china, prc, mainland china | chinese | beijing, peking | shanghai, wuhan, guangzhou,
  shenzhen, chongqing, tianjin, chengdu, urumqi, nanjing | hubei, sichuan, guangdong, xinjiang, tibet, hong kong
  (kowloon), macau
georgia || georgian, georgians | tbilisi | gori, batumi | abkhazia, south ossetia
india | republic of india | indian, indians | new delhi, delhi | mumbai, bombay, calcutta, kolkata, chennai,
  bangalore, hyderabad, ahmedabad, bhopal, srinagar | kashmir, gujarat, kerala, uttar pradesh, bihar, maharashtra,
  punjab, assam, manipur
indonesia || indonesian, indonesians | jakarta | surabaya, medan, padang, banda aceh, yogyakarta | bali, java,
  sumatra, aceh, sulawesi, papua
japan || japanese | tokyo | osaka, kobe, kyoto, hiroshima, nagasaki, sendai, nagoya | fukushima, okinawa, hokkaido
kazakhstan || kazakh, kazakhs, kazakhstani | astana, nur-sultan | almaty |
kyrgyzstan || kyrgyz | bishkek | osh |
laos || laotian, lao | vientiane ||
malaysia || malaysian, malaysians | kuala lumpur | penang | sarawak, sabah
maldives || maldivian | ||
mongolia || mongolian, mongolians | ulaanbaatar, ulan bator ||
myanmar | burma | burmese | naypyidaw | yangon, rangoon, mandalay | rakhine
nepal || nepalese, nepali, nepalis | kathmandu | pokhara |
north korea | democratic people's republic of korea, dprk | north korean, north koreans | pyongyang ||
pakistan || pakistani, pakistanis | islamabad | karachi, lahore, peshawar, quetta, rawalpindi, abbottabad |
  waziristan, balochistan, sindh, khyber pakhtunkhwa, swat
philippines || filipino, filipinos, philippine | manila | cebu, davao, tacloban | mindanao, luzon
singapore || singaporean, singaporeans |||
south korea | republic of korea | south korean, south koreans | seoul | busan, incheon |
sri lanka || sri lankan, sri lankans | colombo | jaffna |
taiwan || taiwanese | taipei ||
tajikistan || tajik, tajiks | dushanbe ||
thailand || thai, thais | bangkok | chiang mai, phuket, pattaya |
timor-leste | east timor | timorese, east timorese | dili ||
turkmenistan || turkmen | ashgabat ||
uzbekistan || uzbek, uzbeks | tashkent ||
vietnam || vietnamese | hanoi | ho chi minh city, saigon, da nang |
# europe
albania || albanian, albanians | tirana ||
andorra || andorran | andorra la vella ||
austria || austrian, austrians | vienna | salzburg, graz |
belarus || belarusian, belarusians, belarussian | minsk ||
belgium || belgian, belgians | brussels | antwerp, ghent, liege, bruges | flanders
bosnia | bosnia and herzegovina, bosnia-herzegovina | bosnian, bosnians | sarajevo | srebrenica |
bulgaria || bulgarian, bulgarians | sofia | burgas, varna |
croatia || croatian, croatians, croat, croats | zagreb | dubrovnik |
cyprus || cypriot, cypriots | nicosia ||
czech republic | czechia | czech, czechs | prague | brno |
denmark || danish, danes | copenhagen | aarhus | greenland, faroe islands
estonia || estonian, estonians | tallinn ||
finland || finnish, finns | helsinki ||
france | french republic | french, frenchman, frenchmen | paris | marseille, lyon, toulouse, calais, strasbourg,
  bordeaux, lille | corsica, brittany
germany | federal republic of germany | german, germans | berlin | munich, hamburg, frankfurt, cologne, dresden,
  stuttgart, leipzig, dusseldorf | bavaria, saxony
greece || greek, greeks | athens | thessaloniki | crete, lesbos
hungary || hungarian, hungarians | budapest ||
iceland || icelandic, icelanders | reykjavik ||
ireland | republic of ireland, irish republic | irish | dublin | cork, galway, limerick |
italy | italian republic | italian, italians | rome | milan, naples, turin, venice, florence, genoa, l'aquila, bologna
  | sicily, sardinia, lombardy, lampedusa, tuscany
kosovo || kosovan, kosovar, kosovars | pristina ||
latvia || latvian, latvians | riga ||
liechtenstein || liechtensteiner | vaduz ||
lithuania || lithuanian, lithuanians | vilnius ||
luxembourg || luxembourgish |||
malta || maltese | valletta ||
moldova || moldovan, moldovans | chisinau | | transnistria
monaco || monegasque |||
montenegro || montenegrin | podgorica ||
netherlands | holland | dutch | amsterdam | the hague, rotterdam, utrecht |
north macedonia | macedonia | macedonian, macedonians | skopje ||
norway || norwegian, norwegians | oslo | bergen | svalbard
poland || polish, poles | warsaw | krakow, gdansk, lodz, wroclaw |
portugal || portuguese | lisbon | porto | madeira, azores
romania || romanian, romanians | bucharest | timisoara, cluj | transylvania
russia | russian federation | russian, russians | moscow | st petersburg, saint petersburg, novosibirsk, belgorod,
  kursk, rostov-on-don, volgograd, grozny, sochi, beslan, vladivostok, yekaterinburg | chechnya, dagestan, siberia,
  kaliningrad
san marino |||||
serbia || serbian, serbians, serb, serbs | belgrade | nis, novi sad |
slovakia || slovak, slovaks, slovakian | bratislava ||
slovenia || slovenian, slovenians, slovene | ljubljana ||
spain || spanish, spaniards | madrid | barcelona, seville, valencia, bilbao, malaga | catalonia, basque country,
  andalusia, canary islands, galicia
sweden || swedish, swedes | stockholm | gothenburg, malmo |
switzerland || swiss | bern, berne | geneva, zurich, basel, davos, lausanne |
ukraine || ukrainian, ukrainians | kyiv, kiev | kharkiv, kharkov, odesa, odessa, mariupol, lviv, kherson,
  zaporizhzhia, bakhmut, bucha, dnipro, mykolaiv, severodonetsk, chernobyl | donbas, donbass, donetsk, luhansk,
  lugansk, crimea (sevastopol)
united kingdom | uk, great britain, britain | british, britons, briton, brits | london | birmingham, manchester,
  liverpool, leeds, sheffield, bristol, newcastle, nottingham, salisbury | england, scotland (edinburgh, glasgow,
  aberdeen, dundee), wales (cardiff, swansea), northern ireland (belfast, londonderry), gibraltar
vatican | holy see, vatican city ||||
# north america
canada || canadian, canadians | ottawa | toronto, montreal, vancouver, calgary, edmonton, winnipeg, halifax | quebec,
  ontario, british columbia, alberta, manitoba, saskatchewan, nova scotia, newfoundland, new brunswick, yukon, nunavut
mexico || mexican, mexicans | mexico city | tijuana, ciudad juarez, guadalajara, monterrey, acapulco, cancun, oaxaca
  city | chiapas, sinaloa, veracruz, oaxaca, guerrero, michoacan, chihuahua, baja california
united states | us, usa, united states of america, america, the states | american, americans | washington, washington
  dc, district of columbia, dc || alabama (montgomery), alaska (anchorage), arizona (phoenix, tucson), arkansas
  (little rock), california (los angeles, san francisco, san diego, sacramento, oakland, san jose, san bernardino,
  long beach, fresno), colorado (denver, boulder, colorado springs), connecticut (hartford, newtown, new haven),
  delaware (wilmington), florida (miami, orlando, tampa, jacksonville, parkland, tallahassee), georgia state
  (atlanta), hawaii (honolulu), idaho (boise), illinois (chicago, springfield), indiana (indianapolis), iowa (des
  moines), kansas (wichita, topeka), kentucky (louisville, lexington), louisiana (new orleans, baton rouge), maine
  (portland, bangor), maryland (baltimore, annapolis, bethesda), massachusetts (boston, worcester), michigan (detroit,
  flint, lansing), minnesota (minneapolis, st paul), mississippi (biloxi), missouri (st louis, kansas city, ferguson,
  joplin), montana (billings), nebraska (omaha), nevada (las vegas, reno), new hampshire (concord), new jersey
  (newark, trenton, atlantic city), new mexico (albuquerque, santa fe), new york state (new york, new york city,
  manhattan, brooklyn, bronx, staten island, long island, albany, buffalo), north carolina (charlotte, raleigh), north
  dakota (fargo, bismarck), ohio (cleveland, columbus, cincinnati, dayton, toledo), oklahoma (oklahoma city, tulsa),
  oregon, pennsylvania (philadelphia, pittsburgh, harrisburg), rhode island (providence), south carolina (charleston),
  south dakota (sioux falls), tennessee (nashville, memphis, knoxville, chattanooga), texas (houston, dallas, austin,
  san antonio, el paso, fort worth, fort hood, galveston), utah (salt lake city), vermont (burlington), virginia
  (richmond, norfolk, arlington, charlottesville, blacksburg), washington state (seattle, spokane, tacoma), west
  virginia, wisconsin (milwaukee), wyoming (cheyenne), puerto rico (san juan), guam, american samoa, us virgin islands
# central america
belize || belizean, belizeans | belmopan ||
costa rica || costa rican, costa ricans | san jose de costa rica ||
el salvador || salvadoran, salvadorans, salvadorian | san salvador ||
guatemala || guatemalan, guatemalans | guatemala city ||
honduras || honduran, hondurans | tegucigalpa | san pedro sula |
nicaragua || nicaraguan, nicaraguans | managua ||
panama || panamanian, panamanians | panama city ||
# caribbean
antigua and barbuda | antigua | antiguan |||
bahamas || bahamian, bahamians | nassau ||
barbados || barbadian | bridgetown ||
cuba || cuban, cubans | havana | santiago de cuba, guantanamo |
dominica |||||
dominican republic || dominican, dominicans | santo domingo ||
grenada || grenadian |||
haiti || haitian, haitians | port-au-prince | leogane, jacmel, petionville, carrefour, cap-haitien, gonaives,
  croix-des-bouquets, cite soleil |
jamaica || jamaican, jamaicans | kingston ||
saint lucia | st lucia ||||
trinidad and tobago | trinidad | trinidadian | port of spain ||
# south america
argentina || argentine, argentines, argentinian | buenos aires | cordoba, rosario |
bolivia || bolivian, bolivians | la paz ||
brazil || brazilian, brazilians | brasilia | rio de janeiro, sao paulo, salvador, recife, manaus | amazonas, minas
  gerais
chile || chilean, chileans | santiago | concepcion, valparaiso |
colombia || colombian, colombians | bogota | medellin, cali |
ecuador || ecuadorian, ecuadorean, ecuadorians | quito | guayaquil |
guyana || guyanese | georgetown ||
paraguay || paraguayan, paraguayans | asuncion ||
peru || peruvian, peruvians | lima ||
suriname || surinamese | paramaribo ||
uruguay || uruguayan, uruguayans | montevideo ||
venezuela || venezuelan, venezuelans | caracas | maracaibo |
# oceania
australia || australian, australians | canberra | sydney, melbourne, brisbane, perth, adelaide, darwin, hobart |
  queensland, new south wales, tasmania, western australia, south australia, northern territory
fiji || fijian, fijians | suva ||
kiribati |||||
marshall islands || marshallese |||
micronesia || micronesian |||
new zealand || new zealander, new zealanders | wellington | auckland, christchurch, dunedin |
papua new guinea || papua new guinean | port moresby ||
samoa || samoan, samoans | apia ||
solomon islands ||| honiara ||
tonga || tongan, tongans | nuku'alofa ||
vanuatu || ni-vanuatu | port vila ||
"""

_REGION_NAMES = {
    "african": "africa",
    "africans": "africa",
    "asian": "asia",
    "asians": "asia",
    "european": "europe",
    "europeans": "europe",
    "continent": "europe",
    "mideast": "middle east",
    "worldwide": WORLD,
    "globally": WORLD,
    "globe": WORLD,
    "earth": WORLD,
}
_NEED_CAPITAL = frozenset({"us", "polish", "poles", "turks"})
"""Names that are common words in lower case."""


def _split(cell: str) -> list[str]:
    return [name.strip() for name in re.split(r",(?![^(]*\))", cell) if name.strip()]


def _read_table() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    """Every name with its country, the name it is known by here, and what it lies in; and which are larger parts."""
    countries: dict[str, str] = {}
    known: dict[str, str] = {WORLD: WORLD, **_REGION_NAMES}
    lies_in: dict[str, str] = {}
    larger: set[str] = set()
    region = ""
    for line in filter(None, _TABLE.replace("\n  ", " ").splitlines()):
        if line.startswith("#"):
            region = line[1:].strip()
            known[region], lies_in[region] = region, WORLD
            continue
        country, *cells = [cell.strip() for cell in line.split("|")]
        others, peoples, capitals, cities, parts = [_split(cell) for cell in cells]
        lies_in[country] = region
        for name in (country, *others, *peoples):
            countries[name] = known[name] = country
        for name in capitals:
            countries.setdefault(name, country)
        for name in (*capitals, *cities):
            known.setdefault(name, capitals[0] if name in capitals else name)
            lies_in.setdefault(known[name], country)
        for part in parts:
            name, _, inside = part.rstrip(")").partition("(")
            name = name.strip()
            known.setdefault(name, name)
            lies_in.setdefault(name, country)
            larger.add(name)
            for smaller in _split(inside):
                known.setdefault(smaller, smaller)
                lies_in.setdefault(smaller, name)
    return countries, known, lies_in, frozenset(larger)


COUNTRIES, _KNOWN, _LIES_IN, _PARTS = _read_table()
"""`COUNTRIES`: names, adjectives, peoples and capitals, in lower case, with the country that they stand for."""

_MARKS = re.compile(r"[.]|['’]s\b|(?<=s)['’](?!\w)")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def normal_name(name: str) -> str:
    """A name in lower case without accents, full stops, possessive and article."""
    plain = name[:200]
    if plain.isascii() and plain.replace(" ", "").isalpha():  # as most are: words with nothing to take off
        return " ".join(plain.split()).lower().removeprefix("the ")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _SPACES.sub(" ", _MARKS.sub("", plain.replace("’", "'"))).strip(' ,;:()"“”')
    return plain.lower().removeprefix("the ")


@lru_cache(maxsize=8192)
def _look_up(name: str) -> str | None:
    normal = normal_name(name)
    return None if normal in _NEED_CAPITAL and name.islower() else _KNOWN.get(normal)


def is_place(name: str) -> bool:
    """Whether the name, adjective or people is one of the places known here."""
    return _look_up(name) is not None


def canonical_place(name: str) -> str:
    """One name for each place: "Russian" and "the Russian Federation" are "russia"; an unknown name is itself."""
    return _look_up(name) or normal_name(name)


def country_of(name: str) -> str | None:
    """The country of a place, an adjective or a people; None where the name is unknown or larger than a country."""
    place: str | None = canonical_place(name)
    while place is not None and COUNTRIES.get(place) != place:
        place = _LIES_IN.get(place)
    return place


def is_state(name: str) -> bool:
    """Whether the name is that of a state of the United States, which holds no other one and lies in none."""
    place = canonical_place(name)
    return place in _PARTS and _LIES_IN[place] == "united states"


def parent(place: str) -> str | None:
    """What a place lies directly in: a city in its state or country, a country in its region, a region in the world."""
    return _LIES_IN.get(canonical_place(place))


def contains(outer: str, inner: str) -> bool:
    """Whether one place holds another, a place holding itself; places not known hold nothing else."""
    wanted = canonical_place(outer)
    place: str | None = canonical_place(inner)
    while place is not None:
        if place == wanted:
            return True
        place = _LIES_IN.get(place)
    return False
