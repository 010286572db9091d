"""Encodings are told and decoded; what the models do not speak is counted, not compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contradict.documents import read_collection
from contradict.documents.copies import tokens_of
from contradict.documents.encoding import Decoded, decode
from contradict.documents.language import foreign_language
from contradict.documents.records import Unreadable

PLAIN = "The council said on Tuesday that “at least 40 people” had died and that the toll wasn’t final."
FOREIGN = {
    "Spanish": (
        "El alcalde dijo el martes que al menos cuarenta personas han muerto en la riada y que la cifra no es "
        "definitiva, porque los equipos de rescate siguen en las colinas por la noche."
    ),
    "French": (
        "Le maire a déclaré mardi que quarante personnes sont mortes dans la crue et que le bilan n’est pas "
        "définitif, car les équipes de secours sont encore dans les collines pour la nuit."
    ),
    "German": (
        "Der Bürgermeister sagte am Dienstag, dass mindestens vierzig Menschen in der Flut gestorben sind und die "
        "Zahl nicht endgültig ist, weil die Helfer noch in den Hügeln nach den Vermissten suchen."
    ),
    "Italian": (
        "Il sindaco ha detto martedì che almeno quaranta persone sono morte nella piena e che il bilancio non è "
        "definitivo, perché le squadre di soccorso sono ancora nelle colline per la notte."
    ),
    "Portuguese": (
        "O presidente da câmara disse na terça-feira que pelo menos quarenta pessoas morreram na cheia e que o "
        "número não é definitivo, porque as equipas ainda estão nas colinas à noite."
    ),
    "Dutch": (
        "De burgemeester zei dinsdag dat er zeker veertig mensen in het water zijn gestorven en dat het aantal niet"
        " vaststaat, omdat de ploegen nog in de heuvels aan het zoeken zijn."
    ),
    "Swedish": (
        "Borgmästaren sade på tisdagen att minst fyrtio människor har dött i floden och att det inte är klart hur "
        "många som saknas, för räddningen är kvar i bergen under natten."
    ),
    "Polish": (
        "Burmistrz powiedział we wtorek, że w powodzi zginęło co najmniej czterdzieści osób i że nie jest to liczba"
        " ostateczna, bo ratownicy są jeszcze na wzgórzach i szukają do rana."
    ),
    "Turkish": (
        "Belediye başkanı salı günü yaptığı açıklamada selde en az kırk kişi öldü ve bu sayı kesin değil dedi, "
        "çünkü ekipler gece boyunca daha çok yer için tepelerde arama yaptı ve bir köye ulaştı."
    ),
    "a language that is not English": (
        "Meya alisema Jumanne kwamba watu arobaini walikufa katika mafuriko hayo na kwamba idadi hiyo si kamili kwa"
        " sababu waokoaji bado wako milimani usiku kucha wakitafuta watu wengine."
    ),
    "Cyrillic script": "Мэр сообщил во вторник, что погибли по меньшей мере сорок человек.",
    "Arabic script": "قال رئيس البلدية يوم الثلاثاء إن أربعين شخصا على الأقل لقوا حتفهم.",
    "Chinese or Japanese": "市长星期二说，至少有四十人在洪水中丧生，这个数字还不是最终的数字。",
    "Greek": "Ο δήμαρχος είπε την Τρίτη ότι τουλάχιστον σαράντα άνθρωποι πέθαναν.",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_an_english_text_is_decoded_from_every_usual_encoding(encoding: str) -> None:
    assert decode(PLAIN.encode(encoding)).text == PLAIN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("A tea costs £3 in the café, and that is not the end of it.", "cp1252"),
        ("A tea costs £3 in the café, and that is not the end of it.", "latin-1"),
        (PLAIN, "mac_roman"),
        (FOREIGN["French"], "cp1252"),
    ],
)
def test_a_legacy_encoding_is_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso8859-5"])
def test_a_text_in_another_script_is_told_in_its_legacy_encodings(encoding: str) -> None:
    text = decode((FOREIGN["Cyrillic script"] * 3).encode(encoding)).text

    assert foreign_language(text, tokens_of(text)) == "Cyrillic script"


def test_a_few_broken_places_in_utf_8_are_shown_and_counted() -> None:
    data = (PLAIN * 100).encode()
    broken = data[:500] + b"\xff" + data[500:]

    assert decode(broken) == Decoded(broken.decode("utf-8", "replace"), "utf-8", 1)


def test_a_legacy_byte_far_behind_the_sample_is_still_decoded() -> None:
    data = b"The toll was not final. " * 20_000 + "The café costs £3. ".encode("cp1252") * 200

    assert decode(data).text.endswith("The café costs £3. ")


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 99, b"%PDF-1.7 text", b"PK\x03\x04word", b"{\\rtf1 text}"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data)


def test_records_in_two_encodings_are_read_each_in_its_own(tmp_path: Path) -> None:
    lines = [json.dumps({"text": PLAIN + end}, ensure_ascii=False) for end in (" A £3 tea.", " A £4 tea.")]
    (tmp_path / "a.jsonl").write_bytes(lines[0].encode() + b"\n" + lines[1].encode("cp1252") + b"\n")

    collection = read_collection([str(tmp_path)])

    assert [document.text for document in collection.documents] == [PLAIN + " A £3 tea.", PLAIN + " A £4 tea."]
    assert [note.reason for note in collection.notes] == ["read as cp1252"]


def test_a_table_in_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"title,text\nToll,{PLAIN}\n".encode("utf-16"))

    (document,) = read_collection([str(tmp_path)]).documents

    assert (document.title, document.text) == ("Toll", PLAIN)


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language_is_named(language: str) -> None:
    assert foreign_language(FOREIGN[language], tokens_of(FOREIGN[language])) == language


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "Sink or swim",
        "",
        "Real Madrid 2 Barcelona 1; Boca 0 River 3",
        PLAIN + " " + FOREIGN["Spanish"],
        "Results, as the returning officer read them out in the hall to those who had stayed for it on the night: "
        + " ".join(f"Ward {n} Lee {n * 7} Day {n * 9} Roe {n * 3}" for n in range(60)),
    ],
)
def test_english_short_and_tabular_texts_have_the_benefit_of_the_doubt(text: str) -> None:
    assert foreign_language(text, tokens_of(text)) == ""


def test_an_article_in_another_language_is_counted_as_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FOREIGN["French"])

    collection = read_collection([str(tmp_path)])

    assert collection.documents == ()
    assert [item.reason for item in collection.not_compared] == ["the models do not speak its language: French"]
