"""Units of measure and money: every spelling that news uses, its canonical name, its dimension and its size.

Sizes are exact definitions (international yard and pound, 1959; US survey units ignored) or the trade's own (a barrel
of oil is 42 US gallons). Money has no size between currencies: an exchange rate is never guessed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: its `name` as reported, the `dimension` it measures, its `size` in the base unit (None: not fixed)."""

    name: str
    dimension: str
    size: Decimal | None = Decimal(1)


def _table() -> dict[str, Unit]:
    rows: list[tuple[str, str, str | None, str]] = [
        # name, dimension, size in base units, spellings
        ("m", "length", "1", "metre metres meter meters"),
        ("km", "length", "1000", "km kms kilometre kilometres kilometer kilometers"),
        ("cm", "length", "0.01", "cm centimetre centimetres centimeter centimeters"),
        ("mm", "length", "0.001", "mm millimetre millimetres millimeter millimeters"),
        ("μm", "length", "0.000001", "μm micron microns micrometre micrometres micrometers"),
        ("nm", "length", "0.000000001", "nm nanometre nanometres nanometer nanometers"),
        ("mile", "length", "1609.344", "mile miles mi"),
        ("nautical mile", "length", "1852", "nautical-mile nautical-miles"),
        ("yard", "length", "0.9144", "yard yards yd yds"),
        ("foot", "length", "0.3048", "foot feet ft"),
        ("inch", "length", "0.0254", "inch inches ″"),
        ("light-year", "length", "9460730472580800", "light-year light-years"),
        ("kg", "mass", "1", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
        ("g", "mass", "0.001", "gram grams gramme grammes"),
        ("mg", "mass", "0.000001", "mg milligram milligrams milligramme milligrammes"),
        ("μg", "mass", "0.000000001", "μg mcg microgram micrograms"),
        ("tonne", "mass", "1000", "tonne tonnes metric-ton metric-tons metric-tonnes metric-tonne"),
        ("ton", "mass", "907.18474", "ton tons"),
        ("pound", "mass", "0.45359237", "pound pounds lb lbs"),
        ("ounce", "mass", "0.028349523125", "ounce ounces oz"),
        ("stone", "mass", "6.35029318", "stone"),
        ("carat", "mass", "0.0002", "carat carats"),
        ("litre", "volume", "1", "litre litres liter liters"),
        ("ml", "volume", "0.001", "ml millilitre millilitres milliliter milliliters"),
        ("gallon", "volume", "3.785411784", "gallon gallons gal"),
        ("barrel", "volume", "158.987294928", "barrel barrels bbl bbls"),
        ("pint", "volume", "0.473176473", "pint pints"),
        ("quart", "volume", "0.946352946", "quart quarts"),
        ("cubic metre", "volume", "1000", "cubic-metre cubic-metres cubic-meter cubic-meters"),
        ("cubic foot", "volume", "28.316846592", "cubic-foot cubic-feet"),
        ("acre-foot", "volume", "1233481.84", "acre-foot acre-feet"),
        ("square metre", "area", "1", "square-metre square-metres square-meter square-meters sq-m sqm"),
        (
            "square kilometre",
            "area",
            "1000000",
            "square-kilometre square-kilometres square-kilometer square-kilometers sq-km",
        ),
        ("square mile", "area", "2589988.110336", "square-mile square-miles sq-mile sq-miles"),
        ("square foot", "area", "0.09290304", "square-foot square-feet sq-ft"),
        ("square inch", "area", "0.00064516", "square-inch square-inches"),
        ("acre", "area", "4046.8564224", "acre acres"),
        ("hectare", "area", "10000", "hectare hectares ha"),
        ("°C", "temperature", None, "degrees-celsius celsius °c ºc degrees-c degree-celsius"),
        ("°F", "temperature", None, "degrees-fahrenheit fahrenheit °f ºf degrees-f degree-fahrenheit"),
        ("kelvin", "temperature", None, "kelvin kelvins"),
        ("degree", "degree", "1", "degree degrees °"),
        (
            "km/h",
            "speed",
            "0.27777777777777777778",
            "km/h kph kmh kmph kilometres-per-hour kilometers-per-hour km-per-hour",
        ),
        ("mph", "speed", "0.44704", "mph miles-per-hour m.p.h."),
        ("m/s", "speed", "1", "m/s metres-per-second meters-per-second"),
        ("knot", "speed", "0.51444444444444444444", "knot knots kt"),
        ("second", "duration", "1", "second seconds sec secs"),
        ("ms", "duration", "0.001", "ms millisecond milliseconds"),
        ("minute", "duration", "60", "minute minutes min mins"),
        ("hour", "duration", "3600", "hour hours hr hrs"),
        ("day", "duration", "86400", "day days"),
        ("night", "duration", "86400", "night nights"),
        ("week", "duration", "604800", "week weeks"),
        ("fortnight", "duration", "1209600", "fortnight fortnights"),
        ("month", "duration", "2629800", "month months"),
        ("year", "duration", "31557600", "year years yr yrs"),
        ("decade", "duration", "315576000", "decade decades"),
        ("century", "duration", "3155760000", "century centuries"),
        ("W", "power", "1", "watt watts w"),
        ("kW", "power", "1000", "kw kilowatt kilowatts"),
        ("MW", "power", "1000000", "mw megawatt megawatts"),
        ("GW", "power", "1000000000", "gw gigawatt gigawatts"),
        ("hp", "power", "745.69987158227022", "hp bhp horsepower"),
        ("kWh", "energy", "3600000", "kwh kilowatt-hour kilowatt-hours"),
        ("MWh", "energy", "3600000000", "mwh megawatt-hour megawatt-hours"),
        ("GWh", "energy", "3600000000000", "gwh gigawatt-hour gigawatt-hours"),
        ("joule", "energy", "1", "joule joules"),
        ("kiloton", "yield", "1", "kiloton kilotons kilotonne kilotonnes"),
        ("megaton", "yield", "1000", "megaton megatons"),
        ("calorie", "food energy", "1", "calorie calories kcal"),
        ("volt", "voltage", "1", "volt volts kv"),
        ("mAh", "charge", "1", "mah"),
        ("Hz", "frequency", "1", "hz hertz"),
        ("kHz", "frequency", "1000", "khz kilohertz"),
        ("MHz", "frequency", "1000000", "mhz megahertz"),
        ("GHz", "frequency", "1000000000", "ghz gigahertz"),
        ("kB", "data", "1000", "kb kilobyte kilobytes"),
        ("MB", "data", "1000000", "mb megabyte megabytes"),
        ("GB", "data", "1000000000", "gb gigabyte gigabytes"),
        ("TB", "data", "1000000000000", "tb terabyte terabytes"),
        ("Mbps", "data rate", "1", "mbps"),
        ("Gbps", "data rate", "1000", "gbps"),
        ("psi", "pressure", "6894.757293168", "psi"),
        ("Pa", "pressure", "1", "pa pascal pascals"),
        ("ksi", "pressure", "6894757.293168", "ksi"),
        ("MPa", "pressure", "1000000", "mpa"),
        ("mb", "pressure", "100", "millibar millibars"),
        ("magnitude", "magnitude", "1", "magnitude"),
        ("decibel", "loudness", "1", "decibel decibels db"),
        ("rpm", "rotation", "1", "rpm"),
        ("mpg", "economy", "1", "mpg"),
        ("ppm", "concentration", "0.000001", "ppm parts-per-million"),
        ("ppb", "concentration", "0.000000001", "ppb parts-per-billion"),
        ("basis point", "percentage points", "0.01", "basis-point basis-points bps bp"),
        ("percentage point", "percentage points", "1", "percentage-point percentage-points"),
        ("point", "points", "1", "point points pt pts"),
        ("%", "share", "0.01", "% percent per-cent pct percentage"),
        ("cent", "money:cent", None, "cent cents ¢"),
        ("pence", "money:GBP/100", None, "p pence penny"),
        ("cylinder", "cylinder", "1", "cylinder cylinders"),
    ]
    table = {}
    for name, dimension, size, spellings in rows:
        unit = Unit(name, dimension, Decimal(size) if size is not None else None)
        for spelling in spellings.split():
            table[spelling.replace("-", " ")] = unit
            table[spelling] = unit
    return table


UNITS = _table()
MOST_WORDS = 3

# Letters that are a unit only when they touch the number: apart from it they are words or initials.
TOUCHING = {
    "m": UNITS["metre"],
    "g": UNITS["gram"],
    "l": UNITS["litre"],
    "c": UNITS["celsius"],
    "f": UNITS["fahrenheit"],
    "s": UNITS["second"],
    "h": UNITS["hour"],
    "v": UNITS["volt"],
    "w": UNITS["watt"],
    "p": UNITS["pence"],
    "t": UNITS["tonne"],
}
# Spelled the same as an everyday word: a unit only after digits.
AFTER_DIGITS_ONLY = frozenset(
    {"mi", "ha", "min", "sec", "pa", "kt", "w", "gal", "kv", "mb", "p", "ms", "db", "pt", "bp", "ft", "oz", "stone"}
)


def _by_spelling(spellings: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in spellings.items() for word in words.split()}


def _by_phrase(phrases: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): name for name, joined in phrases.items() for phrase in joined.split("|")}


# Signs and codes of currencies before a number (without spaces), and names after one. "$" alone stays "$": which
# dollar it is, the text does not say.
SIGNS = _by_spelling(
    {
        "$": "$",
        "USD": "us$ $us us",
        "GBP": "£ # ps",
        "EUR": "€",
        "JPY": "¥ y=",
        "INR": "₹ rs rs.",
        "RUB": "₽",
        "KRW": "₩",
        "ILS": "₪",
        "NGN": "₦",
        "MYR": "rm",
        "HKD": "hk$",
        "NZD": "nz$ $nz",
        "AUD": "au$ a$ $au",
        "CAD": "ca$ c$ $ca",
        "SGD": "sg$ s$",
        "TWD": "nt$",
        "BRL": "r$",
        "CNY": "rmb",
    }
)
CURRENCY_WORDS = _by_spelling(
    {
        "$": "dollar dollars buck bucks $",
        "EUR": "euro euros eur €",
        "JPY": "yen jpy",
        "CNY": "yuan renminbi cny",
        "INR": "rupee rupees inr",
        "RUB": "rouble roubles ruble rubles",
        "ILS": "shekel shekels",
        "KRW": "won",
        "peso": "peso pesos",
        "franc": "franc francs",
        "ZAR": "rand",
        "TRY": "lira",
        "MYR": "ringgit",
        "BRL": "real reais",
        "krona": "krona kronor",
        "krone": "krone kroner",
        "NGN": "naira",
        "dirham": "dirham dirhams",
        "SAR": "riyal riyals",
        "dinar": "dinar dinars",
        "UAH": "hryvnia hryvnias",
        "PLN": "zloty zlotys",
        "THB": "baht",
        "USD": "usd",
        "GBP": "gbp sterling £",
        "AUD": "aud",
        "CAD": "cad",
        "CHF": "chf",
    }
)

# Currencies that several countries call by one name: whose it is, the word before or after it says.
NATIONAL = _by_phrase(
    {
        "USD": "us dollar|us dollars|u.s. dollar|u.s. dollars|american dollar|american dollars",
        "AUD": "australian dollar|australian dollars",
        "CAD": "canadian dollar|canadian dollars",
        "HKD": "hong kong dollar|hong kong dollars",
        "NZD": "new zealand dollar|new zealand dollars",
        "SGD": "singapore dollar|singapore dollars",
        "TWD": "taiwan dollar|taiwan dollars",
        "GBP": "pound sterling|pounds sterling|british pound|british pounds",
        "EGP": "egyptian pound|egyptian pounds",
        "CHF": "swiss franc|swiss francs",
        "MXN": "mexican peso|mexican pesos",
        "PHP": "philippine peso|philippine pesos",
        "INR": "indian rupee|indian rupees",
        "PKR": "pakistani rupee|pakistani rupees",
        "RUB": "russian rouble|russian roubles|russian ruble|russian rubles",
        "JPY": "japanese yen",
        "CNY": "chinese yuan",
        "KRW": "south korean won|korean won",
        "TRY": "turkish lira",
        "ZAR": "south african rand",
        "SEK": "swedish krona|swedish kronor",
        "NOK": "norwegian krone|norwegian kroner",
        "DKK": "danish krone|danish kroner",
    }
)


def currency_of_sign(sign: str) -> str | None:
    """The currency that a sign or code before a number stands for, or None where it is no such sign."""
    low = sign.lower()
    compact = low.replace(" ", "")
    if compact in SIGNS:
        return SIGNS[compact]
    return sign if len(sign) == 3 and sign.isalpha() and sign.isupper() else None


def dimension(unit: str | None) -> str | None:
    """The dimension of a unit's canonical name, `money` for a currency, None for an unknown unit."""
    if unit is None:
        return None
    known = _BY_NAME.get(unit)
    return known.dimension if known else "money"


def to_base(value: Decimal, unit: str) -> Decimal | None:
    """`value` in the base unit of its dimension, temperatures in degrees Celsius; None where nothing converts."""
    if unit == "°C":
        return value
    if unit == "°F":
        return (value - 32) * 5 / 9
    if unit == "kelvin":
        return value - Decimal("273.15")
    known = _BY_NAME.get(unit)
    return value * known.size if known and known.size is not None else None


_BY_NAME = {unit.name: unit for unit in UNITS.values()}
