"""Sentences: where they end, where they do not, and that nothing of a text is lost."""

from __future__ import annotations

import json
import lzma
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradict.sentences import MAX_LENGTH, read_sentences, split_text
from contradict.types import Document, LeftOut

SHARED = Path(__file__).parents[1] / ".." / "shared"


def parts(text: str, *, left_out: tuple[LeftOut, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in split_text(text, left_out=left_out)]


# Each row is written with a bar where a sentence ends; the bar itself is not part of the text.
ROWS = {
    "titles": "Mr. Obama's envoy met Sgt. Lee and Dr. Khan. |Gen. Ruiz stayed away.",
    "initials": "J. K. Rowling gave $5,000. |So did George W. Bush. |J.R.R. Tolkien could not.",
    "a letter that is no initial": "They ran out of vitamin C. |The crew fell ill after World War I. |Germany paid.",
    "U.S. inside": "The U.S. Coast Guard sent two cutters. |A U.S. official spoke.",
    "U.S. at the end": "The rest went to the U.S. |The others stayed. |He left the U.N. |But why?",
    "clock": "It began at 7 a.m. |Crews left at 5 p.m. Monday and at 6 p.m. EST. |By 11 a.m. Oslo time it was over.",
    "clock and place": "(Update 5 p.m. Cairo, 10 a.m. here) The road is shut.",
    "number word": "Pump No. 7 failed at 3 p.m. |Nos. 8 and 9 held. |Did it leak? |No. |It did not.",
    "dates": "The tank burst on Jan. 12 and again on Sept. 3. |It was sealed in Dec. |The bill came later.",
    "versus": "In Shell v. Ortiz and in Port vs. City the court ruled.",
    "places": "Workers flew from St. Louis, Mo. to Portland, Ore. on Sunday.",
    "examples": "Some gear, e.g. Booms and skimmers, i.e. Floating barriers, was late.",
    "companies": "Norvane Inc. Chief Executive Ana Lee quit. |She built Norvane Corp. |The firm cost $1.2bn. |It sank.",
    "decimals": "The slick grew by 3.5 percent to 1.25 sq. miles. |It was 0.1 inch thick.",
    "list numbers": "1. Close the valve. |2. Call the guard. |3. Wait.",
    "lettered list": "A. Seal the pipe. |B. Drain the tank.",
    "years": "The well was drilled in 2010. |12 people worked there. |In 1999. |He left.",
    "question and exclamation": "Who pays? |Nobody knows! |What?! |The mayor left.",
    "attribution after a question": '"Who pays?" Mayor Ruiz asked. |"Run!" she cried. |"Over?" |He shook his head.',
    "straight quotes": 'He said "we are done." |Then he left. |"It is safe. |We drank it," the chief said.',
    "curly quotes": "“It is safe.” |Nobody drank it. |“Really?” he asked. |‘Yes.’ |She nodded.",
    "tokenised quotes": '" It was , " he said . |" Why now ? " she asked . |The crew " left . " |They never came .',
    "tokenised double marks": "`` We saw it . '' |The crew left .",
    "quote that opens next": 'The valve held. |"We are lucky," he said. |"Very."',
    "ellipses": "The line went dead... |Nobody spoke. |It was ... late. |Well … I saw it. |He counted 3... 4.",
    "spaced dots": "They waited . . . |Then it blew.",
    "brackets": "The firm (asked twice. No reply came.) denied it. |(It paid. |It did not say why.) |The end.",
    "notes": "The slick spread.[12] |Crews left.[3][4] |It rained.",
    "links": "See www.example.com for more. |Read http://a.example/b.c?d=E!F first. |Booking.Com fell.",
    "a lost space": 'The slick reached the region.|The port closed. |He said "stop."|She left.',
    "brand names": "Prices fell. |iPhone makers rejoiced. |al-Nur fighters left. |Yahoo! Mail failed.",
    "hyphened title": "Ex-Gov. Lee and Lt.-Col. Ruiz met Sen.-elect Oh.",
    "other scripts": "Он ушёл. |Она осталась. |Ça va? |Él murió.",
    "no space scripts": "他走了。|她没走！|为什么？",
    "inline bullets": "• 12 dead |• 30 hurt |• 4 missing",
    "shouting": "Crews met at 5 p.m. MT. |Then they left.",
    "dateline": "MOBILE, Ala. — In the harbour, crews waited.",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_a_stop_ends_a_sentence_only_where_it_should(row: str) -> None:
    assert parts(row.replace("|", "")) == [part.strip() for part in row.split("|")]


LINES = {
    "a headline has no full stop": "Spill off Varda grows\n|The tanker lost more oil on Monday.",
    "metadata lines stand alone": "Spill grows\n|20220801\n|https://news.example/a/spill\n|The slick grew.",
    "hard-wrapped prose is one sentence": (
        "The ministry said on Monday that the number of barrels lost\n"
        "since the tanker Orlena struck the pier had passed 5,000 and\n"
        "that Varda would need help from its neighbours, among them\n"
        "Norway.\n\n|More to come"
    ),
    "a sentence ends inside a wrapped line and at its end": (
        "Crews worked through the night. |By dawn the slick had grown\n"
        "to twice its size and threatened the beaches of the island.\n|"
        "Nobody was hurt. |The owner of the ship would not say how much\n"
        "oil was on board when it left."
    ),
    "a list is one sentence per item": (
        "The toll:\n|- 12 dead\n|* 30 hurt\n|• four missing\n|1) one dog\n|2. two cats"
    ),
    "a menu is not joined": "home\n|news\n|sport\n|weather",
    "a sentence torn by a tag is joined": "The chief of the harbour police, Ana Cole,\nsaid that the pier was shut.",
    "a sentence torn by a blank line is joined": "He wrote to the head of\n\nthe port authority.",
    "a blank line ends a paragraph": "Nobody answered the phone at the mill\n\n|The owner was away.",
    "a title at the end of a line": "The harbour was visited by Mr.\nObama in May.",
    "an abbreviation at the end of a line": "The oil was bound for the U.S.\nmarket and for Asia.",
    "small letters after a full stop and a break": "It leaks.\n|watch the pier.",
    "Windows line ends": "First line here\r\n|Second line.\r\n\r\n|Third.",
    "a quotation goes on in the next line": '"Who pays?"\nhe asked the mayor.',
}


@pytest.mark.parametrize("row", LINES.values(), ids=LINES.keys())
def test_a_line_break_ends_a_sentence_only_where_it_should(row: str) -> None:
    assert parts(row.replace("|", "")) == [part.strip() for part in row.split("|")]


def test_a_left_out_span_is_a_boundary_and_in_no_sentence() -> None:
    text = "The slick grew to Share this story 12 miles. It rained."
    start = text.index("Share")
    left_out = (LeftOut(start, start + len("Share this story"), "boilerplate"), LeftOut(900, 990, "past the end"))

    assert parts(text, left_out=left_out) == ["The slick grew to", "12 miles.", "It rained."]


def test_overlapping_left_out_spans_in_any_order_are_honoured() -> None:
    text = "One. Two. Three. Four."
    left_out = (LeftOut(8, 16, "b"), LeftOut(5, 10, "a"), LeftOut(12, 14, "c"), LeftOut(3, 3, "empty"))

    assert parts(text, left_out=left_out) == ["One.", "Four."]


def test_sentences_of_a_document_are_numbered_and_leave_out_what_the_reader_left_out() -> None:
    text = "By A. Writer\nThe pier burned. Nobody was hurt."
    document = Document("d", "d.txt", text, left_out=(LeftOut(0, 12, "byline"),))

    sentences = read_sentences(document)

    assert [sentence.text for sentence in sentences] == ["The pier burned.", "Nobody was hurt."]
    assert [sentence.index for sentence in sentences] == [0, 1]
    assert all(sentence.document is document for sentence in sentences)


def test_a_text_without_words_has_the_sentences_it_has() -> None:
    assert parts("") == []
    assert parts(" \n\t \u2028 ") == []
    assert parts("...") == ["..."]
    assert parts('The end. "') == ['The end. "']


def test_a_run_on_is_cut_at_the_best_place() -> None:
    clauses = "the pump failed and the crew left " * 40 + "; " + "the oil ran on, " * 60
    pieces = parts(clauses)

    assert all(len(piece) <= MAX_LENGTH for piece in pieces)
    assert pieces[0].endswith(";")
    assert " ".join(pieces).split() == clauses.split()


def test_a_run_on_of_numbers_is_not_cut_inside_a_number() -> None:
    text = "oil 12 000 barrels " * 300

    assert all(piece.startswith(("oil", "barrels", "12 000")) for piece in parts(text))


ALPHABET = st.sampled_from(
    [*"aB1 .?!…\"'“”’()[]\n\r\t\x85\u2028\u200b,-–•*。。éЖ", "U.S.", "Mr.", "No. 7", " said ", '." ', "\n\n", "\n- "]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(ALPHABET, max_size=120).map("".join))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, tuple[LeftOut, ...]]:
    text = draw(TEXTS)
    edge = st.integers(-3, len(text) + 3)
    spans = draw(st.lists(st.tuples(edge, edge), max_size=4))
    return text, tuple(LeftOut(start, end, "test") for start, end in spans)


@given(texts_with_spans())
def test_nothing_is_lost_and_nothing_stands_twice(case: tuple[str, tuple[LeftOut, ...]]) -> None:
    text, left_out = case
    outside = [not any(span.start <= index < span.end for span in left_out) for index in range(len(text))]
    covered = [0] * len(text)
    last = 0
    for start, end in split_text(text, left_out=left_out):
        assert last <= start < end <= len(text)
        assert end - start <= MAX_LENGTH
        assert text[start:end] == text[start:end].strip()
        assert all(outside[start:end])
        last = end
        covered[start:end] = [count + 1 for count in covered[start:end]]
    assert [char for char, count in zip(text, covered, strict=True) if count > 1] == []
    assert [
        index for index, char in enumerate(text) if outside[index] and not char.isspace() and not covered[index]
    ] == []


@settings(max_examples=20)
@given(st.text(alphabet="ab. \n", min_size=MAX_LENGTH, max_size=3 * MAX_LENGTH))
def test_long_texts_lose_nothing_either(text: str) -> None:
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


HOSTILE = [
    "a",
    ".",
    ' ."',
    "A. ",
    "(A. ",
    '"',
    "a\n",
    ".)",
    "[1]",
    'a? "',
    "\r\n",
    " ",
    "•\n",
    "The last and\n",
    "(a. b" + " " * 50,
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        split_text(text)
        return time.process_time() - start

    small, large = seconds(30_000), seconds(240_000)

    assert large < 0.2 or large < 30 * small  # eight times the text: a quadratic scan would take 64 times as long


def test_a_megabyte_of_news_takes_less_than_a_second() -> None:
    article = "The ministry said on Monday that 5,000 barrels a day leaked. “It is bad,” Mr. Lee said. " * 12 + "\n\n"
    text = article * (1_000_000 // len(article))
    start = time.process_time()
    split_text(text)

    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("name", ["haiti", "h1n1"])
def test_sentences_of_real_articles_end_where_a_line_per_sentence_says(name: str) -> None:
    path = SHARED / "data" / "news" / f"{name}.jsonl.xz"
    if not path.exists():
        pytest.skip(f"{path} is missing")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found = ends = kept = 0
    for text in texts:
        line_ends = set()
        position = 0
        for line in text.split("\n"):
            if line.strip():
                line_ends.add(position + len(line.rstrip()))
            position += len(line) + 1
        spans = split_text(text)
        ends += len(line_ends)
        found += len(spans)
        kept += len({end for _, end in spans} & line_ends)

    assert kept / ends > 0.995
    assert kept / found > 0.97
