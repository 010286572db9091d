"""The closed word lists of attribution: verbs of saying, those who say, and what they say it in."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SAYING = _set(
    "said says say told tells tell announced announces insisted insists argued argues testified tweeted tweets warned "
    "warns acknowledged acknowledges admitted admits asserted asserts declared declares alleged alleges claimed "
    "predicted predicts conceded maintained stated wrote writes explained explains complained disclosed recalled "
    "stressed replied responded reiterated emphasised emphasized vowed pledged promised boasted cautioned joked "
    "lamented countered contended contends"
)
"""Verbs whose subject speaks, whatever follows."""

REPORTING = _set(
    "confirmed confirms confirm reported reports report estimated estimates estimate claims claim believes believe "
    "believed recorded counted calculated reckons reckoned projected projects forecast forecasts expects"
)
"""Verbs whose subject speaks when it is a name or one who speaks for others; "cases reported" has no speaker."""

WITH_CLAUSE = _set(
    "added adds noted notes observed concluded concludes suggested suggests revealed reveals indicated indicates "
    "continued continues agreed agrees repeated describes described hinted signalled signaled"
)
"""Verbs of saying only where a clause, a quotation or a pause follows: "the firm added 300 jobs" says nothing."""

SHOWING = _set("found finds find showed shows show shown suggest indicate")
"""What a study or a poll does; its subject has to be one of `PAPERS`."""

DENYING = _set(
    "denied denies deny denying dismissed dismisses dismiss rejected rejects reject refuted disputed disputes dispute"
)
DENIED = _set(
    "report reports claim claims allegation allegations accusation accusations suggestion suggestions charge charges "
    "rumor rumors rumour rumours assertion assertions figure figures estimate estimates toll number numbers account "
    "accounts statement statements notion"
)
"""What is denied, dismissed or rejected where somebody's statement is; "rejected the bill" denies nothing."""
DENIED_AFTER = _set(
    "that any having being it this these those wrongdoing involvement responsibility knowledge there ever knowing "
    "saying"
)
"""Words right after "denied" that make it a denial; "denied bail" is none."""

PLAIN_PAST = _set(
    "reported confirmed announced estimated released published provided compiled issued claimed cited given"
)
PLAIN_PAST |= _set(
    "produced recorded gathered collected posted stated quoted supplied announced denied rejected dismissed"
)
"""Participles before "by" that name who gave a figure: "300 cases confirmed by the ministry"."""

AUXILIARIES = _set(
    "has have had also later earlier then now still already recently previously repeatedly once initially again since "
    "just both all himself herself itself themselves today yesterday tonight further first"
)
NEGATIONS = _set(
    "to not never n't would could can cannot may might must should will did didn't didn’t wouldn't hasn't haven't "
    "doesn't don't do does if"
)
"""Words right before a verb of saying after which nothing has been said: "declined to say", "would not confirm"."""
PASSIVES = _set("is are was were be been being get gets got 's")

PRONOUNS = {"he": "person", "she": "person", "it": "body", "they": "any"}
SELVES = _set(
    "i we you who's us me that this these those there what which nobody someone somebody everyone anyone people"
)
"""Words that can stand before a verb of saying and name no one."""

NUMBERS = _set(
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion dozen "
    "dozens half"
)
DETERMINERS = _set(
    "the a an his her its their our my some several many most two three four five other one another all both no these "
    "those this few any each every"
)
PREPOSITIONS = _set(
    "of for in at from with on to by into about under over against after before during since amid despite without "
    "within through near outside inside among between across behind beyond upon per via like including following"
)
LINKS = _set("of for in at from with on to under")
"""Prepositions that can stand inside the name of a speaker: "a spokesman for the UN mission in Haiti"."""
CONJUNCTIONS = _set(
    "that but as while when because if although though where whether than so yet however and or nor unless until "
    "whereas meanwhile instead then thus still also even separately earlier later overall additionally moreover "
    "furthermore nevertheless nonetheless indeed yesterday today tomorrow tonight perhaps maybe yes no well now here "
    "there not just only finally last next what how why which who whose whom"
)
VERBS = _set(
    "is are was were be been being has have had do does did will would could can may might must should said says say "
    "told went came made took got gave left held saw led began became fell rose hit put let kept found felt brought "
    "thought knew called asked tried wants want need needs think thinks know knows believe believes hope hopes see "
    "sees get gets go goes come comes make makes take takes give gives died killed injured wounded arrested arrived "
    "released posted published"
)

AGENTS = _set(
    "official officials spokesman spokeswoman spokesperson spokesmen spokespeople police authorities authority "
    "government governments ministry ministries minister ministers department agency army military navy force forces "
    "troops president premier governor mayor senator senators congressman congresswoman lawmaker lawmakers legislator "
    "legislators judge judges prosecutor prosecutors lawyer lawyers attorney attorneys doctor doctors expert experts "
    "scientist scientists researcher researchers analyst analysts economist economists critic critics witness "
    "witnesses eyewitness eyewitnesses resident residents survivor survivors source sources group groups organization "
    "organisation organizations organisations charity charities agencies company companies firm firms bank banks "
    "union unions university hospital hospitals institute institution council committee commission court office "
    "bureau administration embassy consulate leader leaders commander commanders general captain colonel lieutenant "
    "sergeant major chief chiefs head heads director directors chairman chairwoman chair secretary aide aides adviser "
    "advisers advisor advisors ambassador diplomat diplomats envoy professor teacher teachers activist activists "
    "protester protesters demonstrator demonstrators opposition rebels rebel campaigners investigators investigator "
    "detective detectives newspaper newspapers magazine website media broadcaster channel station campaign team party "
    "republicans democrats republican democrat conservatives liberals mother father brother sister family families "
    "wife husband son daughter friend friends neighbour neighbours neighbor neighbors boss owner manager managers "
    "executive executives founder founders co-founder author authors forecaster forecasters organiser organisers "
    "organizer organizers others pilot driver soldier soldiers militants militant fighters insurgents worker workers "
    "nurse nurses medic medics paramedics coroner archbishop bishop priest pope king queen prince princess chancellor "
    "representative representatives delegate delegates member members coordinator administrator superintendent "
    "sheriff deputy deputies officer officers inspector watchdog regulator regulators watchdogs think-tank mission "
    "unit centre center foundation association federation society service services network corps command guard "
    "coalition alliance regime parliament senate congress house panel chamber board staff crew rescuers rescuer "
    "inmates prisoner prisoners historian historians epidemiologist epidemiologists virologist biologist pollster "
    "pollsters strategist strategists correspondent reporter reporters journalist journalists editor columnist "
    "blogger blog veteran veterans student students parents parent villagers locals farmers farmer trader traders "
    "investor investors consultant consultants manufacturer maker operator airline carrier insurer supplier retailer "
    "specialist specialists supporters supporter volunteers volunteer man woman men women girl boy caller user users "
    "kremlin pentagon"
)
"""Nouns whose bearers speak, for themselves or for others."""

PERSON_ROLES = _set(
    "spokesman spokeswoman spokesperson minister president premier governor mayor senator congressman congresswoman "
    "lawmaker judge prosecutor lawyer attorney doctor expert scientist researcher analyst economist critic witness "
    "resident survivor leader commander general captain colonel lieutenant sergeant major chief head director "
    "chairman chairwoman chair secretary aide adviser advisor ambassador diplomat envoy professor teacher activist "
    "mother father brother sister wife husband son daughter friend neighbour neighbor boss owner manager executive "
    "founder author pilot driver soldier nurse medic coroner archbishop bishop priest pope king queen prince princess "
    "chancellor representative delegate member coordinator administrator superintendent sheriff deputy officer "
    "inspector historian epidemiologist virologist biologist pollster strategist correspondent reporter journalist "
    "editor columnist blogger veteran student parent farmer trader investor consultant specialist volunteer man woman "
    "girl boy official"
)
TITLES = _set(
    "mr mrs ms miss dr sir dame lord lady prof professor rev reverend father sen rep gov gen lt col sgt capt maj adm "
    "cmdr president premier senator congressman congresswoman governor mayor judge justice general captain colonel "
    "lieutenant sergeant major commander admiral brigadier marshal secretary minister chancellor ambassador king "
    "queen prince princess pope archbishop bishop cardinal sheikh ayatollah imam chief deputy vice assistant acting "
    "former speaker"
)
SPEAKS_FOR = _set(
    "spokesman spokeswoman spokesperson spokesmen spokespeople official officials source sources representative "
    "representatives executive executives employee employees statement director general secretary-general "
    "director-general chief head chairman chairwoman chair president secretary deputy vice senior top unnamed "
    "anonymous unidentified leading local former acting press commander leader leaders boss envoy ambassador expert "
    "experts adviser advisers aide aides staff member members team lawyer lawyers doctor doctors analyst analysts "
    "economist economists researcher researchers scientist scientists manager officer officers coordinator"
)
"""Role words that point to the body beside them: "a senior WHO official" speaks for the WHO."""

PAPERS = _set(
    "report reports study studies survey surveys poll polls estimate estimates figure figures data count tally toll "
    "statement statements analysis numbers statistics records documents document release memo memorandum letter "
    "review census research findings projection projections calculation calculations reckoning account accounts "
    "filing filings results website dispatch bulletin assessment briefing table tables list database summary "
    "statistic cable cables press article interview interviews copy transcript indictment testimony complaint lawsuit "
    "affidavit motion forms papers paper text emails email e-mail e-mails tweet post"
)
"""What a speaker puts a figure in; with an owner beside it, the owner is the speaker."""
PAPER_QUALIFIERS = _set(
    "new latest recent official preliminary early own initial annual monthly weekly daily government company court "
    "police census media news press published confirmed provisional rough conservative independent unofficial joint "
    "final internal public separate previous earlier official's tax medical state hospital latest-available current"
)

OUTLET_WORDS = _set(
    "news times post journal newspaper magazine tv television radio press herald tribune telegraph guardian observer "
    "gazette chronicle daily weekly broadcaster reuters afp ap bbc cnn nbc abc cbs msnbc npr pbs fox bloomberg "
    "interfax tass novosti itar-tass xinhua jazeera arabiya sputnik efe ansa dpa kyodo yonhap irna isna fars anadolu "
    "politico axios buzzfeed huffpost breitbart newsweek economist spiegel monde figaro bild kommersant izvestia "
    "pravda haaretz c-span hbo vice slate salon upi unian ukrinform belta antara pti ians kcna sana wafa itv channel "
    "wire mirror globe inquirer bulletin dispatch sentinel examiner courier mail outlet network podcast website "
    "today's nhk rfi zeit welt dw ria lenta meduza rbc"
)
"""Words that make a name one of a paper, an agency or a station."""
NOT_OUTLETS = _set("conference corps secretary office ministry department release room briefing service officer")
