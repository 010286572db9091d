"""Figures of a sentence: value, bounds, hedge, move, unit, role, what is counted, and what is no figure at all."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contradict.claims import read_claims, read_stated
from contradict.figures import read_figures
from contradict.types import Change, Document, Figure, Hedge, Role, Sentence


def only(text: str) -> Figure:
    """The one figure of `text`."""
    found = read_figures(text)
    assert [figure.surface for figure in found] == [figure.surface for figure in found[:1]], text
    assert found, f"no figure in: {text}"
    return found[0]


def number(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(float(value)))


def values(text: str) -> list[float | None]:
    return [None if figure.value is None else float(figure.value) for figure in read_figures(text)]


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ferry carried 312 passengers.", 312),
        ("The town has 48,250 residents.", 48_250),
        ("They counted 1,204,600 eels.", 1_204_600),
        ("The dam holds 4.75 million litres.", 4_750_000),
        ("They shipped 3.4bn eggs.", 3.4e9),
        ("He owes $250k.", 250_000),
        ("The grant is worth €40m.", 40e6),
        ("The fund holds $1.5 bn.", 1.5e9),
        ("The state bought 5 lakh tents.", 500_000),
        ("The state bought 2 crore tents.", 20_000_000),
        ("Seven goats escaped.", 7),
        ("Twenty-five goats escaped.", 25),
        ("Ninety goats escaped.", 90),
        ("One hundred and twelve miners were trapped.", 112),
        ("Two thousand three hundred tents arrived.", 2300),
        ("Thirty-eight thousand four hundred and six votes were cast.", 38_406),
        ("They sold six hundred million eels.", 600e6),
        ("They sold 3 million eels.", 3e6),
        ("A dozen boats sank.", 12),
        ("Two dozen boats sank.", 24),
        ("A thousand boats sank.", 1000),
        ("Half a million bees died.", 500_000),
        ("A quarter of a million tickets were sold.", 250_000),
        ("The talks took two and a half hours.", 2.5),
        ("The talks took two-and-a-half hours.", 2.5),
        ("The tunnel is 2 1/2 miles long.", 2.5),
        ("A couple of hundred tents stood there.", 200),
        ("Some 0.4 hectares burned.", 0.4),
        ("They saw 3 x 10^8 stars.", 3e8),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text: str, value: float) -> None:
    assert number(only(text).value) == Decimal(str(float(value)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Zero boats sank.", 0),
        ("The talks took 2½ hours.", 2.5),
        ("They counted 40\u00a0000 eels.", 40_000),
        ("They counted 1\u202f250\u202f000 eels.", 1_250_000),
    ],
)
def test_a_number_is_read_as_other_desks_set_it(text: str, value: float) -> None:
    assert number(only(text).value) == Decimal(str(float(value)))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Two-thirds of the bridges were closed.", 2 / 3),
        ("Three quarters of the bridges were closed.", 0.75),
        ("1/3 of the crop failed.", 1 / 3),
        ("A third of the wells are dry.", 1 / 3),
        ("Half of the wells are dry.", 0.5),
        ("One in five voters stayed at home.", 0.2),
        ("3 in 10 wells are dry.", 0.3),
        ("Three out of four wells are dry.", 0.75),
    ],
)
def test_a_fraction_is_a_share_without_a_unit(text: str, share: float) -> None:
    figure = only(text)
    assert figure.value is not None
    assert float(figure.value) == pytest.approx(share)
    assert (figure.role, figure.unit) == (Role.PERCENT, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 300 and 450 sheep drowned.", 300, 450),
        ("They lost 40-60 boats.", 40, 60),
        ("They lost 40–60 boats.", 40, 60),
        ("They lost 40 to 60 boats.", 40, 60),
        ("3 to 5 million litres were lost.", 3e6, 5e6),
        ("The repair costs $3-5 million.", 3e6, 5e6),
        ("The repair costs between $3 million and $5 million.", 3e6, 5e6),
        ("Between 5% and 8% of the cows are ill.", 5, 8),
        ("5 to 8 per cent of the cows are ill.", 5, 8),
        ("Three or four families moved.", 3, 4),
        ("The queue was 4 to 6 hours long.", 4, 6),
    ],
)
def test_a_range_has_no_value_and_keeps_its_ends(text: str, low: float, high: float) -> None:
    figure = only(text)
    assert figure.value is None
    assert (float(figure.low or 0), float(figure.high or 0)) == (low, high)
    assert (figure.change, figure.moved_from) == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Dozens of goats escaped.", 12, 100),
        ("Scores of swimmers were stung.", 20, 100),
        ("Hundreds of goats escaped.", 100, 1000),
        ("Tens of thousands marched.", 10_000, 100_000),
        ("Hundreds of thousands of bees died.", 100_000, 1_000_000),
        ("Several hundred cyclists started.", 300, 900),
        ("A few thousand letters came.", 3000, 9000),
    ],
)
def test_a_vague_count_is_an_interval(text: str, low: float, high: float) -> None:
    figure = only(text)
    assert figure.value is None
    assert (float(figure.low or 0), float(figure.high or 0)) == (low, high)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The cold reached -14 degrees Celsius.", -14, "°C"),
        ("The cold reached minus 14 degrees Celsius.", -14, "°C"),
        ("The cold reached −14 degrees Celsius.", -14, "°C"),
        ("The result was -$3 million.", -3e6, "$"),
        ("Growth was -0.4% in the spring.", -0.4, "%"),
    ],
)
def test_a_sign_before_a_number_makes_it_negative(text: str, value: float, unit: str) -> None:
    figure = only(text)
    assert (number(figure.value), figure.unit) == (Decimal(str(float(value))), unit)


@pytest.mark.parametrize("text", ["They held talks - 14 of them - in May.", "The camp – 14 tents – burned."])
def test_a_dash_between_words_is_no_minus(text: str) -> None:
    assert only(text).value == 14


# Hedges


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("about 600", Hedge.ABOUT),
        ("around 600", Hedge.ABOUT),
        ("roughly 600", Hedge.ABOUT),
        ("approximately 600", Hedge.ABOUT),
        ("some 600", Hedge.ABOUT),
        ("an estimated 600", Hedge.ABOUT),
        ("almost 600", Hedge.ABOUT),
        ("nearly 600", Hedge.ABOUT),
        ("close to 600", Hedge.ABOUT),
        ("more than 600", Hedge.ABOVE),
        ("over 600", Hedge.ABOVE),
        ("just over 600", Hedge.ABOVE),
        ("in excess of 600", Hedge.ABOVE),
        ("upwards of 600", Hedge.ABOVE),
        ("at least 600", Hedge.AT_LEAST),
        ("no fewer than 600", Hedge.AT_LEAST),
        ("a minimum of 600", Hedge.AT_LEAST),
        ("fewer than 600", Hedge.BELOW),
        ("less than 600", Hedge.BELOW),
        ("just under 600", Hedge.BELOW),
        ("up to 600", Hedge.AT_MOST),
        ("as many as 600", Hedge.AT_MOST),
        ("no more than 600", Hedge.AT_MOST),
        ("a maximum of 600", Hedge.AT_MOST),
        ("600 or more", Hedge.AT_LEAST),
        ("600 or so", Hedge.ABOUT),
        ("600-odd", Hedge.ABOUT),
        ("600-plus", Hedge.AT_LEAST),
        ("600+", Hedge.AT_LEAST),
        ("600 or fewer", Hedge.AT_MOST),
        ("at least about 600", Hedge.AT_LEAST),
        ("exactly 600", Hedge.EXACT),
        ("a total of 600", Hedge.EXACT),
        ("600", Hedge.EXACT),
    ],
)
def test_a_hedge_is_read_before_and_after_its_number(words: str, hedge: Hedge) -> None:
    figure = only(f"The port counted {words} boats in spring.")
    assert (figure.value, figure.hedge, figure.counted) == (Decimal(600), hedge, "boats")


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("They lost 40 boats or more.", Hedge.AT_LEAST),
        ("They waited six minutes or so.", Hedge.ABOUT),
        ("They lost 40 boats at least.", Hedge.AT_LEAST),
    ],
)
def test_a_hedge_is_read_behind_the_noun(text: str, hedge: Hedge) -> None:
    assert only(text).hedge is hedge


@pytest.mark.parametrize(
    "text", ["50 or more", "70-odd", "150-plus", "20 points or more", "100 or", "100 and", "at least"]
)
def test_a_text_may_end_within_a_hedge(text: str) -> None:
    assert all(text[figure.start : figure.end] == figure.surface for figure in read_figures(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("40 boats sank.", 40, 40),
        ("About 40 boats sank.", 36, 44),
        ("Nearly 40 boats sank.", 36, 40),
        ("More than 40 boats sank.", 40, None),
        ("At least 40 boats sank.", 40, None),
        ("Fewer than 40 boats sank.", None, 40),
        ("Up to 40 boats sank.", None, 40),
    ],
)
def test_a_hedge_bounds_the_quantity_on_its_side_alone(text: str, low: int | None, high: int | None) -> None:
    figure = only(text)
    assert figure.value == 40
    assert figure.low == low
    assert figure.high == high


@pytest.mark.parametrize(
    "text",
    [
        "Work under the $40m contract began.",
        "They worried about the 40 boats.",
        "They flew over the 40 islands.",
        "It was beyond its 40 shops.",
    ],
)
def test_a_preposition_before_an_article_is_no_hedge(text: str) -> None:
    figure = only(text)
    assert (figure.hedge, figure.surface.split()[0]) == (Hedge.EXACT, "$40m" if "$" in text else "40")


def test_what_adds_up_to_a_number_is_a_level_and_no_bound() -> None:
    (balance,) = read_figures("Their balances added up to less than $60,000.")
    assert (balance.hedge, balance.low, balance.high, balance.change) == (Hedge.BELOW, None, Decimal(60_000), None)
    (bill,) = read_figures("The bill adds up to $5 million.")
    assert (bill.hedge, bill.value, bill.change) == (Hedge.EXACT, Decimal(5_000_000), None)


@pytest.mark.parametrize("text", ["What about 5 boats?", "The row brought about 5 resignations."])
def test_about_is_no_hedge_where_it_means_something_else(text: str) -> None:
    assert only(text).hedge is Hedge.EXACT


# Moves


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Rents rose 6%.", Change.UP),
        ("Rents rose by 6 per cent.", Change.UP),
        ("Rents are up 6%.", Change.UP),
        ("Rents fell nearly 6%.", Change.DOWN),
        ("Rents fell a stunning 6%.", Change.DOWN),
        ("Staff numbers are down 12%.", Change.DOWN),
        ("The index slid 40 points.", Change.DOWN),
        ("Wages were cut by 450 euros.", Change.DOWN),
        ("The number of nurses has grown by 1,200.", Change.UP),
        ("Unemployment halved.", Change.DOWN),
        ("The index is off 21 percent.", Change.DOWN),
        ("The index was off 40 points.", Change.DOWN),
        ("The index is down a record 40 points.", Change.DOWN),
        ("A board fell off 36 feet up.", None),
        ("The catch doubled.", Change.UP),
        ("The catch trebled.", Change.UP),
        ("Rents rose to 6%.", None),
        ("Rents fell to nearly 6%.", None),
        ("Rents stand at 6%.", None),
        ("The firm lost 26 men.", None),
        ("The firm shed 300 jobs.", None),
        ("The choir signed up 30 tenors.", None),
        ("The choir raised almost $4 million.", None),
        ("The firm lost $4bn in spring.", None),
        ("The share lost $4 in spring.", Change.DOWN),
        ("The tax was raised by $400.", Change.UP),
    ],
)
def test_a_move_is_told_from_a_level(text: str, change: Change | None) -> None:
    assert only(text).change is change


@pytest.mark.parametrize(
    ("text", "earlier", "later"),
    [
        ("The toll rose from 12 to 34.", 12, 34),
        ("The toll was revised from 40 to 31.", 40, 31),
        ("Output fell from 900 to 640 tonnes.", 900, 640),
        ("The price climbed to $34 from $12.", 12, 34),
        ("The rate was cut to 3% from 4%.", 4, 3),
        ("Exports rose from 3 million to 5 million tonnes.", 3e6, 5e6),
    ],
)
def test_a_move_between_two_levels_holds_at_the_later_one(text: str, earlier: float, later: float) -> None:
    figure = only(text)
    assert float(figure.moved_from or 0) == earlier
    assert tuple(float(bound or 0) for bound in figure.level) == (later, later)
    assert (float(figure.low or 0), float(figure.high or 0)) == (min(earlier, later), max(earlier, later))


@pytest.mark.parametrize(
    "text",
    [
        "From 12 to 15 divers searched.",
        "Estimates ranged from 12 to 15 boats.",
        "Estimates ranged from 12 to as many as 15 boats.",
        "Between 12 and as many as 15 boats sank.",
    ],
)
def test_from_to_without_a_move_is_a_range(text: str) -> None:
    figure = only(text)
    assert (figure.moved_from, figure.level) == (None, (Decimal(12), Decimal(15)))


# Units, money, rates


@pytest.mark.parametrize(
    ("text", "unit", "role"),
    [
        ("The box weighed 12kg.", "kg", Role.MEASURE),
        ("The box weighed 12 kilograms.", "kg", Role.MEASURE),
        ("The van ran at 80km/h.", "km/h", Role.MEASURE),
        ("The van ran at 80 miles per hour.", "mph", Role.MEASURE),
        ("A 40-foot mast fell.", "foot", Role.MEASURE),
        ("The plot is 30 square miles.", "square mile", Role.MEASURE),
        ("The cave is 30 metres deep.", "m", Role.MEASURE),
        ("They built a 240m long jetty.", "m", Role.MEASURE),
        ("The tower is 90m high.", "m", Role.MEASURE),
        ("It was 12°C at noon.", "°C", Role.MEASURE),
        ("It was 54 degrees Fahrenheit.", "°F", Role.MEASURE),
        ("Turnout was 61%.", "%", Role.PERCENT),
        ("Turnout was 61 percent.", "%", Role.PERCENT),
        ("Turnout was 61 per cent.", "%", Role.PERCENT),
        ("Turnout rose 5 percentage points.", "percentage point", Role.MEASURE),
        ("The bridge cost £1.2 million.", "GBP", Role.MONEY),
        ("The bridge cost 1.2 million pounds sterling.", "GBP", Role.MONEY),
        ("The bridge cost $900.", "$", Role.MONEY),
        ("The bridge cost US$900.", "USD", Role.MONEY),
        ("The bridge cost 900 US dollars.", "USD", Role.MONEY),
        ("The bridge cost 900 Canadian dollars.", "CAD", Role.MONEY),
        ("The bridge cost A$900.", "AUD", Role.MONEY),
        ("The bridge cost €900.", "EUR", Role.MONEY),
        ("The bridge cost 900 euros.", "EUR", Role.MONEY),
        ("The bridge cost 900 yen.", "JPY", Role.MONEY),
        ("The bridge cost Rs 900.", "INR", Role.MONEY),
        ("The bridge cost Rs about 900.", "INR", Role.MONEY),
        ("The bridge cost Rs. over 900 crore.", "INR", Role.MONEY),
        ("The bridge cost $ less than 900.", "$", Role.MONEY),
        ("The bridge cost £nearly 9 million.", "GBP", Role.MONEY),
        ("The bridge cost 900 rupees.", "INR", Role.MONEY),
        ("The bridge cost CHF 900.", "CHF", Role.MONEY),
        ("The ticket cost 80 pence.", "pence", Role.MONEY),
        ("The port holds 40 boats.", None, Role.COUNT),
    ],
)
def test_a_unit_has_one_name_however_it_is_spelled(text: str, unit: str | None, role: Role) -> None:
    figure = only(text)
    assert (figure.unit, figure.role) == (unit, role)


def test_money_with_the_name_of_a_people_is_money() -> None:
    assert only("The bridge cost 900 Swiss francs.").role is Role.MONEY


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The mine makes 60 tonnes a day.", "day"),
        ("The mine makes 60 tonnes per day.", "day"),
        ("The mine makes 60 tonnes daily.", "day"),
        ("The mine makes 60 tonnes each day.", "day"),
        ("The well loses 14 litres an hour.", "hour"),
        ("The well loses 14 barrels of oil a day.", "day"),
        ("The firm earns $40 million annually.", "year"),
        ("The firm earns $40 million every year.", "year"),
        ("The firm pays 12p a share.", "share"),
        ("The mine holds 60 tonnes.", None),
        ("She has an annual pension of $900.", "year"),
        ("The mine has a daily output of 60 tonnes.", "day"),
        ("She has a $900 monthly pension.", "month"),
        ("She has a $900 annual pension.", "year"),
        ("The annual fair drew 60 traders.", None),
    ],
)
def test_what_a_figure_is_per(text: str, per: str | None) -> None:
    assert only(text).per == per


def test_a_rate_per_so_many_people_is_one_figure() -> None:
    assert values("The clinic saw 12 cases per 100,000 people.") == [12]
    assert values("Illness stood at 12 per 100,000 people.") == [12]


def test_a_restatement_in_another_unit_takes_hedge_and_move_over() -> None:
    far = read_figures("The crater lies more than 100 kilometres (60 miles) away.")
    assert [(figure.unit, figure.hedge) for figure in far] == [("km", Hedge.ABOVE), ("mile", Hedge.ABOVE)]
    lost = read_figures("Shares lost 190 points, or 0.6%.")
    assert [(figure.unit, figure.change) for figure in lost] == [("point", Change.DOWN), ("%", Change.DOWN)]


# Roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A 43-year-old man was held.", Role.AGE),
        ("The sculptor died at 43.", Role.AGE),
        ("She was 43 when it closed.", Role.AGE),
        ("I was about 13.", Role.AGE),
        ("She was 43 votes ahead.", Role.COUNT),
        ("The sculptor's death at 43 was a shock.", Role.AGE),
        ("She is 43 years old.", Role.AGE),
        ("A man aged 43 was held.", Role.AGE),
        ("Jane Roe, 43, was held.", Role.AGE),
        ("It was the 21st attempt.", Role.ORDINAL),
        ("The firm sells 5G phones.", Role.ORDINAL),
        ("She is only the 2,468 th visitor.", Role.ORDINAL),
        ("The bag holds 5g of salt.", Role.MEASURE),
        ("The home side won 3-1.", Role.SCORE),
        ("One of the boats sank.", Role.BARE),
        ("The fund is 3 times larger than before.", Role.MULTIPLE),
        ("Sales grew tenfold.", Role.MULTIPLE),
        ("40 boats sank.", Role.COUNT),
    ],
)
def test_the_role_of_a_figure(text: str, role: Role) -> None:
    assert only(text).role is role


@pytest.mark.parametrize(
    "text",
    [
        "He is in his 40s.",
        "A driver in her late 30s was held.",
        "The brothers, aged 50, 52 and 54, were held.",
        "Jane Roe, 43, and John Poe (as he spells it), 50.",
    ],
)
def test_a_decade_of_life_is_neither_a_count_nor_seconds(text: str) -> None:
    assert {figure.role for figure in read_figures(text)} <= {Role.AGE}


@pytest.mark.parametrize(
    "text",
    [
        "One victim was aged 60, and 43 remain missing.",
        "The dead were aged 20 and 43 were injured.",
        "The boy, aged 9, and 43 were hurt.",
    ],
)
def test_a_count_after_an_age_is_a_count(text: str) -> None:
    assert read_figures(text)[-1].role is not Role.AGE


# What is counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The ferry carried 312 passengers.", "passengers"),
        ("The flood drowned 312 farm animals.", "farm animals"),
        ("Police said 12 foreign fighters were held.", "foreign fighters"),
        ("Four US soldiers were held.", "US soldiers"),
        ("The bank dismissed 40 IT workers.", "IT workers"),
        ("Four WHO doctors came.", "WHO doctors"),
        ("Four of us came.", None),
        ("By 3 p.m. ET, 1,800 had fled.", None),
        ("26 of the victims were miners.", "victims"),
        ("Dozens of the goats escaped.", "goats"),
        ("61% of voters stayed at home.", "voters"),
        ("The number of broken pipes reached 312.", "broken pipes"),
        ("The death toll rose to 150.", "death toll"),
        ("45 soldiers wounded in the blast were flown out.", "soldiers wounded"),
        ("The belts saved 3,300 lives on the roads.", "lives"),
        ("A population of 43 million lives in the delta.", "population"),
    ],
)
def test_what_is_counted_is_the_noun_of_the_number(text: str, counted: str | None) -> None:
    assert read_figures(text)[0].counted == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The guard slept for three hours.", None),
        ("We hope 12 years suffice.", None),
        ("The captain risks nine months in jail.", None),
        ("Their feud goes back 20 years.", None),
        ("It was the driest spring on Malta in 20 years.", "driest spring"),
        ("The blaze was the costliest our brewers knew in two decades.", "costliest"),
        ("It lost its first match for 20 years.", "first match"),
        ("The average wait was 30 days.", "average wait"),
        ("The sentence was cut to 20 years.", "cut"),
        ("Three weeks later the mill burned.", None),
        ("The fair may last about six days.", None),
        ("She spent those 6 months painting fences.", None),
        ("The ferry sank two hours after the storm.", None),
        ("A 30-year lease was offered.", "lease"),
        ("A 30 year lease was offered.", "lease"),
        ("He came back from 20 years' exile.", "exile"),
        ("They endured 30 years of drought.", "drought"),
        ("She got a sentence of 20 years.", "sentence"),
        ("He was jailed for 20 years.", "jailed"),
        ("The blaze followed a delay of two hours.", "delay"),
    ],
)
def test_a_span_of_time_is_of_what_is_tied_to_it(text: str, counted: str | None) -> None:
    assert read_figures(text)[0].counted == counted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The number of huts rose by 2,000 to 30,000.", [("2,000", "huts", "up"), ("30,000", "huts", None)]),
        ("The number of huts, meanwhile, spiked to 340.", [("340", "huts", None)]),
        ("The number of huts fell by 300 to nearly 4,000.", [("300", "huts", "down"), ("nearly 4,000", "huts", None)]),
        (
            "Profits rose by $5 million to $30 million.",
            [("$5 million", "Profits", "up"), ("$30 million", "Profits", None)],
        ),
        # little apart they are the two ends of one growth
        ("Staff grew by 20 to 30 people.", [("20 to 30", "people", "up")]),
        ("Staff grew by 100 to 500 people.", [("100 to 500", "people", "up")]),
        ("It will warm by 1 to 5 degrees.", [("1 to 5 degrees", "warm", None)]),
        ("It was beaten by 12 to 88.", [("12 to 88", "beaten", None)]),
        ("The death toll from the flood has topped 600.", [("topped 600", "death toll", None)]),
        ("The lender has topped 600.", [("topped 600", "lender", None)]),
        ("The lender has 600.", [("600", None, None)]),
        ("Editors spiked three stories.", [("three", "stories", None)]),
    ],
)
def test_growth_and_the_level_that_it_led_to_are_of_one_thing(
    text: str, told: list[tuple[str, str, str | None]]
) -> None:
    assert [(f.surface, f.counted, f.change and f.change.value) for f in read_figures(text)] == told


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Half the harbour was frozen.", "harbour"),
        ("They closed half their shops.", "shops"),
        ("The new pump moves ten times the water.", "water"),
        ("The barn holds three times as many goats.", "goats"),
        ("Sales doubled.", "Sales"),
        ("The number of thefts has doubled.", "thefts"),
        ("The firm doubled its profit.", "profit"),
        ("Two off-duty officers were held.", "off-duty officers"),
        ("The state signed a $2m no-bid contract.", "no-bid contract"),
        ("But the two are at odds.", None),
        ("The mill says $90m was pledged.", "pledged"),
        ("The mill says $90m (£61m) has been pledged.", "pledged"),
        ("The mill got $90m (£61m) in state aid.", "state aid"),
        ("The mayor says $90m.", None),
        ("Some 40 are feared to have been killed.", "killed"),
        ("Some 40 have died.", "died"),
        ("Some 300 actually marched.", None),
        ("The index slumped a brutal 8.4 percent Monday.", "index"),
        ("She writes of the 18th and 19th centuries.", "centuries"),
        ("They built a 240m long jetty.", "jetty"),
        ("The cave is 30 metres deep.", "cave"),
        ("The state signed a $2m fuel contract drafted hastily.", "fuel contract"),
        ("The index is off 21 percent.", "index"),
        ("The index fell by a one-day record of 40 points.", None),
        ("He may possibly owe millions.", "owe"),
        ("They say it's $30.", None),
        ("Soon there may be hundreds of us.", None),
        ("They closed one of the brewers' cellars.", "brewers' cellars"),
        ("The gale did $30,000 in damage.", "damage"),
        ("The share lost $3 in early trading.", "lost"),
        ("They paid a fee plus $30.", None),
        ("The repairs are sold to the tune of $30.", None),
    ],
)
def test_what_is_counted_is_no_word_that_merely_stands_near(text: str, counted: str | None) -> None:
    assert read_figures(text)[-1].counted == counted


def test_a_number_reaches_for_no_noun_across_another() -> None:
    figures = read_figures("The fees made up 31 percent, 12 percent and 9 percent.")
    assert [figure.counted for figure in figures] == ["fees made", "fees made", "fees made"]
    figures = read_figures("Togo sank 40 boats, 3 of them in May.")
    assert [figure.counted for figure in figures] == ["boats", "boats"]


def test_what_befell_some_is_not_shared_with_others() -> None:
    figures = read_figures("Hundreds are thought to have been injured and 300 evacuated.")
    assert [figure.counted for figure in figures] == ["injured", "evacuated"]
    figures = read_figures("Dozens are missing, they say, and 300 displaced.")
    assert [figure.counted for figure in figures] == ["missing", "displaced"]
    figures = read_figures("Dozens in all fell ill and 300 displaced.")
    assert figures[0].counted != "displaced"


def test_a_conversion_counts_what_the_amount_counts() -> None:
    assert [figure.counted for figure in read_figures("The port had loans of $70m (£44m).")] == ["loans", "loans"]


def test_a_shared_noun_is_shared_without_its_owner() -> None:
    figures = read_figures("Togo's output grew by 3%, compared to 5% in Benin.")
    assert [figure.counted for figure in figures] == ["Togo's output", "output"]
    figures = read_figures("64% of Mayor Lee's posters were torn, compared to 41% for Roe.")
    assert [figure.counted for figure in figures] == ["Mayor Lee's posters", "posters"]


def test_the_noun_before_and_is_not_that_of_the_number_behind_it() -> None:
    first, second = read_figures("12% of nurses resent the rota and a further 9% the pay.")
    assert (first.counted, second.counted) == ("nurses", "nurses")


def test_a_top_with_its_noun_is_a_count() -> None:
    assert only("The top 10 teams go on.").counted == "teams"


def test_a_list_shares_the_noun_that_one_of_it_names() -> None:
    figures = read_figures("Ghana sent 40 nurses, Togo 31, Benin 12, Mali 9 and Niger 4.")
    assert [(int(figure.value or 0), figure.counted) for figure in figures] == [
        (40, "nurses"), (31, "nurses"), (12, "nurses"), (9, "nurses"), (4, "nurses"),
    ]  # fmt: skip


def test_a_place_of_two_words_is_not_what_is_counted() -> None:
    figures = read_figures("Romania sent 504 nurses, the United States 530 and the United Arab Emirates 12.")
    assert [figure.counted for figure in figures] == ["nurses", "nurses", "nurses"]


def test_a_list_of_different_things_keeps_them_apart() -> None:
    figures = read_figures("Police held 12 men, 3 women and 2 boys.")
    assert [(int(figure.value or 0), figure.counted) for figure in figures] == [(12, "men"), (3, "women"), (2, "boys")]


def test_two_events_of_one_sentence_keep_their_own_counts() -> None:
    dead, hurt = read_figures("The blaze killed 26 people and injured 40.")
    assert (dead.value, dead.counted) == (Decimal(26), "people")
    assert (hurt.value, hurt.counted) == (Decimal(40), "injured")


# What is no figure


@pytest.mark.parametrize(
    "text",
    [
        "The mill opened in 1912.",
        "By 2019 the mill had closed.",
        "From 2003 to 2007 the mill stood empty.",
        "Between 1939 and 1945 they hid.",
        "The 2018-19 season was poor.",
        "That was common in the 1990s.",
        "That was common in the '80s.",
        "That was common in the 60's.",
        "He had a son, Ivor, b 1879 in Ghent.",
        "They married in 1862 & 1869.",
        "Owain Rees (1811) was a cooper.",
        "He was born c. 1866 and died b. 1930.",
        "The tide turned between 1020 and 1035.",
        "The gates stayed shut until 1315.",
        "The first half of the match was dull.",
        "They met on 14 March 2021.",
        "They met on March 14, 2021.",
        "They met on the 5th of May.",
        "On 3 July the gates opened.",
        "The run began on 2021-03-14.",
        "The run began on 14/03/2021.",
        "The run began at 10:45.",
        "The run began at 7.30 p.m. on Sunday.",
        "The run began at 9am.",
        "The run began at 9 PM and ended at 11 P.M. on Sunday.",
        "Between 8 and 10:30 p.m. the gates were shut.",
        "At 1653 (GMT) the gates opened.",
        "At 2130h the gates opened.",
        "By 5 o'clock all was quiet.",
        "Four o’clock came and the Ten O'Clock News began.",
        "At half past five the gates opened.",
        "They met at a quarter to nine.",
        "At ten minutes past six the gates opened.",
        "The gates were shut at about 2 in the morning.",
        "Shortly after eight in the evening the gates opened.",
        "At 0630 GMT the gates opened.",
        "Call 020 7946 0018 for help.",
        "Call +44 20 7946 0018 for help.",
        "Call 555-0142 for help.",
        "Call 1-202-555-0142 for help.",
        "For help call 1-202-555-0142.",
        "Ask for Mary on 0345 55 50 142 today.",
        "By 1130 (1630 GMT) the gates were shut.",
        "By 5:27 p.m. (0027 in Egypt) the gates were shut.",
        "By 10:33 a.m. (1730) the gates were shut.",
        "From 11 a.m. ET, 1800 in Egypt, the gates were shut.",
        "The 0645 train left Lima.",
        "At 0740 (1340 local time) the gates were shut.",
        "Call 1 202 555 0142 for help.",
        "She bought an iPhone 11 there.",
        "The Boeing 737 landed.",
        "An F-16 took off.",
        "An A320 landed.",
        "A Leopard 2 tank broke down.",
        "They installed Windows 10 on it.",
        "The crew of Apollo 11 came home.",
        "The end of World War 2 was near.",
        "Under Article 5 they must help.",
        "The 307 Signals Squadron came home.",
        "He served in 40 Commando.",
        "The song climbed to number 12.",
        "Resolution 1973 was passed.",
        "Highway 101 was closed.",
        "Flight 370 vanished.",
        "Room 101 is locked.",
        "Page 44 was torn.",
        "Year 9 pupils left.",
        "See www.example.org/2021/55 for more.",
        "Write to desk21@example.org for more.",
        "The COVID-19 ward was full of H1N1 patients.",
        "The family lives at 12 Acacia Avenue.",
        "The 9/11 attacks came first.",
        "Care is offered 24/7.",
        "The S&P 500 fell.",
        "The S&P/ASX 200 fell.",
        "It was shown on BBC 4 last night.",
        "They met a woman with HIV 2 there.",
        "The club is in the bottom three.",
        "The Group of Eight met in Kobe.",
        "The Gang of Four was tried.",
        "The song is in the top 10 again.",
        "She lives in the 60614 ZIP code.",
        "She lives in ZIP code 60614 now.",
        "ISBN 978-3-16-148410-0 is out of print.",
        "1. Open the box.",
        "They drew 2-2.",
        "This one was red.",
        "The second boat sank.",
        "No figures stand here.",
        "",
    ],
)
def test_a_number_that_counts_nothing_is_no_figure(text: str) -> None:
    assert [figure.surface for figure in read_figures(text)] == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("In 2022, 35 boats sank.", ["35"]),
        ("By 5 May, 20 boats had sunk.", ["20"]),
        ("At 9am on 3 July, 1,400 men marched.", ["1,400"]),
        ("Flight 370 carried 239 people.", ["239"]),
        ("The 2019 flood took 14 lives on Highway 9.", ["14"]),
        ("More than 2,000 people came in 2000.", ["More than 2,000"]),
        ("An accident in 2016 killed 5,000 birds.", ["5,000"]),
        ("The camp held 1950 people.", ["1950"]),
        ("A bomb killed five in the morning, and a second one 12 at night.", ["five", "12"]),
    ],
)
def test_a_figure_is_told_from_the_dates_and_labels_beside_it(text: str, surfaces: list[str]) -> None:
    assert [figure.surface for figure in read_figures(text)] == surfaces


# Figures with what the sentence says of them

SAID = [
    *"12 40 more than 5% wounded killed people boats in Mexico Togo Kenya police said according to the".split(),
    *"ministry as of by 3 May 2020 June 2019 since yesterday , and $5m including".split(),
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=12).map(" ".join))
def test_figures_read_alone_are_those_of_the_claims(text: str) -> None:
    sentence = Sentence(Document(id="a", path="", text=text), 0, 0, len(text))
    claims, _ = read_claims(sentence)
    assert read_stated(sentence) == [claim.figure for claim in claims if claim.figure is not None]


# Properties

WORDS = [
    *"""
    5 12 3.5 1,234 1, ,000 .5 7% 50 40s 21st -3 +4 +44 $ £ € US$ Rs -$3 - – — to and or between from than more
    than at least up about nearly or more or so plus odd + ~ < = hundred thousand million billion dozen dozens
    tens scores of one two twenty twenty-five half a third quarter several few couple in out times fold doubled
    halved sixfold per day each a an year-old years old aged km miles °C ° kg kg/m per cent percentage points
    people killed boats Poland Canada the US 14 March 2021 10:45 p.m. 2019 No. Article F-16 http://x.y/5 x 10 ^ ×
    / 1/3 ½ ² ٣ , ; : ( ) . ... ' ’ “ ” é 😀
    """.split(),
    *('"', "\n", "\t", "\u00a0", "\u202f", "\u200d", "e\u0301"),
]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
    st.text(max_size=120),
)


@settings(max_examples=250, deadline=None)
@given(texts)
@example("$ 5 $ 5")
@example("5 $ -3")
def test_figures_lie_in_their_text_in_order_and_apart(text: str) -> None:
    figures = read_figures(text)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.surface
        assert figure.surface.strip() == figure.surface != ""
    assert all(one.end <= other.start for one, other in pairwise(figures))
    assert read_figures(text) == figures


@settings(max_examples=250, deadline=None)
@given(texts)
def test_bounds_are_in_order_and_hold_what_they_bound(text: str) -> None:
    for figure in read_figures(text):
        low, high, value = figure.low, figure.high, figure.value
        assert low is not None or high is not None
        if value is None:  # a range or a vague count; "at least dozens" is open above
            assert low is None or high is None or low < high
        else:
            assert low is None or low <= value
            assert high is None or value <= high


HOSTILE = {
    "digits": "1" * 100_000,
    "numbers": "1\u0301," * 33_000,
    "signs": "$" * 100_000,
    "spaces": " " * 99_999 + "5",
    "brackets": "(" * 50_000 + "5" + ")" * 49_999,
    "hedges": "more than " * 10_000 + "5",
    "magnitudes": "5 " + "million " * 12_500,
    "hundreds": "five hundred " * 7_700,
    "dozens": "dozen " * 16_000,
    "trillions": "five" + " trillion" * 11_000,
    "months": "May 5 " * 16_000,
    "addresses": "12 A" * 25_000,
    "mail": "a@" * 50_000,
    "owners": "5 boys' " * 14_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hundred_thousand_hostile_characters_take_bounded_time(text: str) -> None:
    started = time.process_time()
    figures = read_figures(text)
    assert time.process_time() - started < 5  # linear reading takes under 1.5 s here; what is quadratic takes minutes
    assert all(text[figure.start : figure.end] == figure.surface for figure in figures)


@pytest.mark.parametrize(
    "text", ["five trillion trillion trillion boats", "two hundred hundred hundred dozen dozen boats"]
)
def test_a_number_too_large_for_words_is_no_error(text: str) -> None:
    figures = read_figures(text * 40)
    assert figures
    assert all(figure.low is not None for figure in figures)
