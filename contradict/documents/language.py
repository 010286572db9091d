"""Whether the models speak the language of a text: told from its script and its commonest words.

The models speak English. A text is only refused where it has enough words to tell, and hardly one of them is among the
commonest of English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MIN_WORDS = 25
"""Words below which a text in Latin script has the benefit of the doubt."""
ENGLISH_SHARE = 0.12
"""Share of function words from which a text is English; in other languages it stays under 0.05, but for quotations."""
WINDOW, ENGLISH_WINDOW = 40, 10
"""A stretch of 40 words with 10 function words is English prose, though the rest be tables: of 39,273 news articles,
these two rules refuse six, all Vietnamese."""
SAMPLE_WORDS = 1000
SAMPLE_CHARACTERS = 4_000
MIN_LETTERS = 20

_ENGLISH = frozenset(
    "the of and to that with for from by it its this these those he she they we you his her their our your was"
    " were is are be been being have has had would could should will can not but or as at who which what when"
    " where there about into than then after before over under out up said says".split()
)
_OTHERS: dict[str, frozenset[str]] = {
    "Spanish": frozenset(
        "el la los las que del una por con para como pero más este esta ha fue según también sobre entre".split()
    ),
    "French": frozenset(
        "le les des une du est dans pour que qui sur avec pas au aux ce cette ont été sont mais selon après".split()
    ),
    "German": frozenset(
        "der die das und den dem ein eine einen ist nicht mit von zu auf für sich des im auch nach bei aus wie".split()
    ),
    "Italian": frozenset(
        "il di che la della del per una con sono non gli alla dei nel anche più le ha si è secondo dopo".split()
    ),
    "Portuguese": frozenset(
        "o os as que do da dos das em um uma para com não por mais foi ao pelo pela são segundo também".split()
    ),
    "Dutch": frozenset(
        "de het een van en dat die niet op te zijn voor met aan ook er maar naar werd worden volgens bij uit".split()
    ),
    "Swedish": frozenset(
        "och att det som en på är av för den med till inte om ett har de enligt från också men efter".split()
    ),
    "Danish or Norwegian": frozenset(
        "og at det som en på er av af for den med til ikke om et har de ifølge fra også men etter efter".split()
    ),
    "Polish": frozenset("i w na z że się do nie jest o to po jak od za przez oraz był była są dla przed także".split()),
    "Czech or Slovak": frozenset(
        "a se na že v je do s po ve z podle také byl byla jsou pro před ale jako při sa už".split()
    ),
    "Romanian": frozenset(
        "de și în a la că pe cu nu din un o care este sunt pentru mai au fost după prin dar potrivit".split()
    ),
    "Turkish": frozenset(
        "ve bir bu da de için ile olarak olan çok daha sonra göre kadar gibi ancak dedi edildi".split()
    ),
    "Indonesian or Malay": frozenset(
        "yang dan di dengan untuk dari pada itu ini tidak akan ke dalam telah oleh juga adalah karena".split()
    ),
    "Finnish": frozenset("ja on ei että se oli mutta hän ovat myös kun mukaan sekä kuin ole tai joka jälkeen".split()),
    "Hungarian": frozenset("a az és hogy nem egy is volt már csak meg szerint után el ki kell lehet azt ezt".split()),
}
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SCRIPTS = {
    "CYRILLIC": "Cyrillic script",
    "ARABIC": "Arabic script",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
}


def foreign_language(text: str, words: Sequence[str]) -> str:
    """The language or script of a text that the models do not speak, "" for English and where it cannot be told.

    `words` are the lower-case words of `text`.
    """
    script = _foreign_script(text[:SAMPLE_CHARACTERS])
    if script:
        return script
    sample = [word for word in words if word[0].isalpha()][:SAMPLE_WORDS]
    if len(sample) < MIN_WORDS:
        return ""
    english = sum(map(_ENGLISH.__contains__, sample)) / len(sample)
    if english >= ENGLISH_SHARE or _has_english_prose(sample):
        return ""
    shares = {name: sum(map(common.__contains__, sample)) / len(sample) for name, common in _OTHERS.items()}
    best = max(sorted(shares), key=shares.__getitem__)
    if shares[best] > max(2 * english, 0.08):
        return best
    return "" if english > ENGLISH_SHARE / 3 else "a language that is not English"


def is_english(text: str) -> bool:
    """Whether a text has the function words of English prose; a text of a few words may do."""
    words = re.findall(r"[a-z]+", text[:SAMPLE_CHARACTERS].lower())
    return bool(words) and sum(map(_ENGLISH.__contains__, words)) >= ENGLISH_SHARE * len(words)


def _has_english_prose(words: Sequence[str]) -> bool:
    return any(
        sum(map(_ENGLISH.__contains__, words[at : at + WINDOW])) >= ENGLISH_WINDOW
        for at in range(0, len(words), WINDOW // 2)
    )


def _foreign_script(text: str) -> str:
    """The script of most of the letters, where that is not Latin."""
    ascii_text = text.encode("ascii", "ignore")
    if len(ascii_text.translate(None, _NO_ASCII_LETTERS)) > len(text) - len(ascii_text):
        return ""  # Latin letters outnumber whatever the others are
    letters = {character: count for character, count in Counter(text).items() if character.isalpha()}
    total = sum(letters.values())
    if total < MIN_LETTERS:
        return ""
    scripts: Counter[str] = Counter()
    for character, count in letters.items():
        scripts[unicodedata.name(character, "?").partition(" ")[0]] += count
    script, count = max(scripts.items(), key=lambda item: (item[1], item[0]))
    if script == "LATIN" or count < total / 2:
        return ""
    return _SCRIPTS.get(script, script.title())
