"""What is not the article itself is left out of it, the article is not, and no offset moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.documents import document_from_text
from contradict.sentences import read_sentences
from contradict.types import Document

BODY = "Forty people were brought ashore after the ferry sank, the harbour master said on Thursday."
NEXT = "The ferry had passed its inspection in May, and nobody could say why it listed."


def read(text: str, *, title: str = "", markdown: bool = False) -> Document:
    return document_from_text(text, path="a.txt", id="a", title=title, markdown=markdown)


def left_out(text: str, *, title: str = "", markdown: bool = False) -> list[str]:
    document = read(text, title=title, markdown=markdown)
    return [document.text[span.start : span.end] for span in document.left_out]


@pytest.mark.parametrize(
    "line",
    """No time to read?
No time to read? Get a summary
Previous Article
Exit mobile version
Read more
More
ADVERTISEMENT
Share this article
SHARE Tweet Post Email 12 comments
Story continues below
5 min read
6 years ago
[pullquote]
prev next Image 3 of 13
* * *
Sign up for our newsletter
CLICK HERE TO GET THE HARBOUR APP
Follow Ann Lee on Twitter @annlee
Read or share this story: https://news.example/x
Get our morning letter delivered to your inbox. By signing up, you agree to our privacy policy.
Copyright © 2021 Harbour News, LLC. Click here for reprint permission.
© 2021 Harbour News
All rights reserved.
Copyright for syndicated content belongs to the linked Source.
The views expressed in this commentary are solely those of the author.
Media playback is unsupported on your device
This site is protected by reCAPTCHA and the Privacy Policy and Terms of Service apply.
Source link : https://news.example/ferry
https://news.example/ferry
Author :
Publish date : 2021-03-04 03:00:00
20210304
ann.lee@news.example
By Ann Lee and Bo Day, Harbour News
*By Ann Lee, Harbour News*
Contributor/Getty Images
Ann Lee/Harbour Images via Getty Images
Photograph: Ann Lee/AP
REUTERS/Ann Lee
Image copyright Reuters Image caption The ferry in better days
Enlarge this image toggle caption Ann Lee/AP Ann Lee/AP
Contributing: Ann Lee
The Associated Press contributed to this report.
READ MORE: Harbour gets a new crane
[Read more about the ferry](https://news.example/ferry)""".split("\n"),
)
def test_a_line_of_page_furniture_is_left_out(line: str) -> None:
    assert left_out(f"{BODY}\n\n{line}\n\n{NEXT}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "More people died in the second flood than in the first.",
        "More than 40 people died",
        "Copyright law is about to change, the minister said.",
        "By 2015 the port had lost 1,200 jobs.",
        "Reporting by the inspectors shows 40 faults",
        "He announced his resignation via Twitter.",
        "The marches were fuelled by Twitter.",
        "Support for the port fell to 41% after the wreck.",
        "Follow-up checks found that 12 lifeboats had no oars.",
        "41%",
        "Source: the ferry carried 60 more people than it was built for.",
        "Share prices fell by 4% on the news.",
        "Photographs show the hull, 30 metres down.",
        "Read together, the two reports put the dead at 51.",
        "Sign language was used at the vigil for the first time.",
        "The opinions expressed at the meeting were many, and 12 people spoke.",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert left_out(f"{BODY}\n\n{line}\n\n{NEXT}") == []


def test_the_headline_behind_a_link_to_another_article_is_left_out_with_it() -> None:
    text = f"{BODY}\n\nPrevious Article\n\nHarbour gets a new crane\n\nNext Article\n\nFish market moves to Fridays"

    assert left_out(text) == [
        "Previous Article",
        "Harbour gets a new crane",
        "Next Article",
        "Fish market moves to Fridays",
    ]


@pytest.mark.parametrize(
    "chart",
    [
        "60k boats Boats sold a year 30k  20k  10k 0 1990 2000 2010",
        "Rent by city $20,000 $40,000 $60,000 $80,000",
        "Share of voters 0% 20% 40% 60%",
    ],
)
def test_the_scale_of_a_chart_is_left_out(chart: str) -> None:
    assert left_out(f"{BODY}\n{chart}\n{NEXT}") == [chart]


@pytest.mark.parametrize(
    "line",
    [
        "The teams won 3, 4, 5 and 6 games in those years.",
        "Dial 2 4 6 8 to speak to the yard.",
        "The club won the cup in 2015 2016 2017 2018 and spent $43 million.",
        "Rooms 101 102 103 104 were flooded and 43 people fled.",
        "Prices rose 10% 12% 15% 20% in the four years.",
        "They paid $5 10% 15k 20m of it back.",
    ],
)
def test_numbers_that_make_no_scale_stay(line: str) -> None:
    assert left_out(f"{BODY}\n{line}\n{NEXT}") == []


def test_what_stands_twice_is_read_once() -> None:
    caption = "The ferry, seen here in 2019, was built for 200 people."
    text = f"{BODY}\n{caption}\n{caption}\n{NEXT} {BODY}"

    document = read(text)

    assert [span.reason for span in document.left_out] == ["repeated", "repeated"]
    assert [document.text[span.start : span.end] for span in document.left_out] == [caption, BODY]
    assert document.left_out[0].start == text.index(caption, text.index(caption) + 1)


def test_a_headline_with_other_quotes_is_the_same_headline() -> None:
    assert left_out(f"Harbour’s ferry sinks with 40\n\nHarbour's ferry sinks with 40\n\n{BODY}") == [
        "Harbour's ferry sinks with 40"
    ]


@pytest.mark.parametrize("cut", ["…", "...", ""])
def test_a_cut_caption_gives_way_to_the_whole_one_on_the_next_line(cut: str) -> None:
    beginning = "The ferry in dry dock in Oslo, where engineers"

    assert left_out(f"{BODY}\n{beginning}{cut}\n{beginning} welded it.\n{NEXT}") == [beginning + cut]


def test_short_answers_may_recur() -> None:
    assert left_out(f"{BODY}\nYes.\nWhat happened?\n{NEXT}\nYes.\nWhat happened?\n") == []


def test_a_figure_that_differs_is_no_repetition() -> None:
    assert left_out("The quay lost 1.5 metres of its wall.\nThe quay lost 15 metres of its wall.\n") == []


@pytest.mark.parametrize(
    "front",
    [
        "GENEVA (Reuters) - ",
        "GENEVA, May 5 (Reuters) - ",
        "(CNN) -- ",
        "HERSHEY, Pa. (AP) — ",
        "OSLO | Thu Mar 4, 2021 12:51 am GMT OSLO (Reuters) - ",
        "By Ann Lee, Health Editor OSLO | Thu Mar 4, 2021 12:51 am GMT OSLO (Reuters) - ",
    ],
)
def test_place_agency_and_hour_before_the_first_sentence_are_left_out(front: str) -> None:
    document = read(f"{front}{BODY}\n{NEXT}")

    kept_from = max(span.end for span in document.left_out)
    assert document.text[kept_from:].lstrip().startswith(BODY)
    assert min(span.start for span in document.left_out) == 0


def test_the_note_of_an_agencys_staff_goes_with_what_trails_it() -> None:
    assert left_out(f"{BODY}\n{NEXT} (Reporting by Ann Lee; Editing by Bo Day) Our next platform for traders") == [
        " (Reporting by Ann Lee; Editing by Bo Day) Our next platform for traders"
    ]


def test_a_photo_credit_within_a_line_is_left_out_and_the_line_stays() -> None:
    assert left_out(f"The ferry in dry dock. (Ann Lee/Reuters)\n{BODY}") == ["(Ann Lee/Reuters)"]
    assert left_out(f"HIV (and/or AIDS) cases rose to 40 in Oslo.\n{BODY}") == []


def test_the_captions_of_a_gallery_are_sentences_without_its_buttons_and_title() -> None:
    captions = ["A boat lies on a roof.", "The harbour is flooded.", "Two men carry a door", "A dog waits."]
    title = "Photos: The storm The storm – "
    gallery = "".join(f"{title}{caption} Hide Caption {n} of 4 " for n, caption in enumerate(captions, start=1))
    text = f"{BODY} {gallery}{NEXT}"
    assert left_out(text) == [*(f"Hide Caption {n} of 4 {title}" for n in (1, 2, 3)), "Hide Caption 4 of 4 "]
    assert [sentence.text for sentence in read_sentences(read(text))] == [
        BODY,
        title + captions[0],
        *captions[1:],
        NEXT,
    ]


def test_the_first_words_of_captions_are_no_title() -> None:
    captions = [
        "A boat lies on a roof.",
        "A dog waits in the rain.",
        "A man carries a door.",
        "A truck is stuck in mud.",
    ]
    text = " ".join(f"{caption} Hide Caption {n} of 4" for n, caption in enumerate(captions, start=1))
    assert [sentence.text for sentence in read_sentences(read(f"{text} {BODY}"))] == [*captions, BODY]


PEOPLE = ("Ann", "Bo", "Cy", "Di")


def test_each_of_two_galleries_of_one_size_has_its_title() -> None:
    def gallery(title: str) -> str:
        return "".join(f"{title} {who} waits. Hide Caption {n} of 4 " for n, who in enumerate(PEOPLE, start=1))

    found = left_out(gallery("Photos: The storm") + gallery("Photos: The flood") + BODY)
    assert found.count("Hide Caption 2 of 4 Photos: The storm ") == 1
    assert found.count("Hide Caption 2 of 4 Photos: The flood ") == 1


def test_what_a_page_says_of_its_videos_and_advertisements_is_no_sentence() -> None:
    text = (
        f"Story highlights {NEXT} JUST WATCHED Ferry sinks Replay More Videos ... MUST WATCH Ferry sinks 02:47 {BODY} "
        f"Story Continued Below {BODY.replace('Forty', 'Fifty')} "
        f"Posted by: sir robin | September 24, 2008 8:00 PM | Report abuse {NEXT.replace('May', 'June')}"
    )
    assert [sentence.text for sentence in read_sentences(read(text))] == [
        *(NEXT, BODY, BODY.replace("Forty", "Fifty"), NEXT.replace("May", "June"))
    ]


SIGNED = (
    "Posted by: Ann | March {}, 2021 8:15 PM | Report abuse",
    "March {}, 2021 at 8:15 pm | Reply",
    "March {}, 2021 08:15 pm at 8:15 pm |",
)


@pytest.mark.parametrize("signature", SIGNED)
def test_what_readers_wrote_below_is_no_part_of_the_article(signature: str) -> None:
    comments = " ".join(f"{NEXT.replace('May', f'May {day},')} {signature.format(day)}" for day in (4, 5, 6))
    text = f"{BODY}\n{comments} {BODY.replace('Forty', 'Sixty')}"
    sentences = [sentence.text for sentence in read_sentences(read(text))]
    assert sentences == [BODY, NEXT.replace("May", "May 4,"), BODY.replace("Forty", "Sixty")]


@pytest.mark.parametrize("signature", ["March {}, 2021", "Posted: March {}, 2021 8:15 PM", "March {}, 2021 8:15 PM ET"])
def test_a_page_of_dated_entries_is_all_article(signature: str) -> None:
    entries = [f"{signature.format(day)} {NEXT.replace('May', f'May {day},')}" for day in (4, 5, 6)]
    kept = " ".join(sentence.text for sentence in read_sentences(read(f"{BODY}\n{' '.join(entries)}")))
    assert all(f"May {day}," in kept for day in (4, 5, 6))


def test_few_captions_have_no_title_that_could_be_told() -> None:
    text = f"{BODY} Two men wait. Hide Caption 1 of 2 Two men leave. Hide Caption 2 of 2 {NEXT}"
    assert left_out(text) == ["Hide Caption 1 of 2 ", "Hide Caption 2 of 2 "]


def test_a_name_above_the_text_is_a_byline_where_the_title_is_known() -> None:
    assert left_out(f"Ann B. Lee\n\n{BODY}", title="Ferry sinks in harbour") == ["Ann B. Lee"]
    assert left_out(f"Ferry Sinks\n\n{BODY}", title="Ferry Sinks in Harbour") == []


def test_markdown_keeps_its_text_and_loses_its_markup() -> None:
    text = (
        f"---\ntitle: Ferry sinks\n---\n# Ferry sinks\n\n![wreck](a.png)\n\n{BODY}\n\n"
        f"<!-- 12 words to cut -->\n```\nprint(1)\n```\n{NEXT}\n"
    )

    assert left_out(text, markdown=True) == [
        "---\ntitle: Ferry sinks\n---",
        "![wreck](a.png)",
        "<!-- 12 words to cut -->",
        "\n```\nprint(1)\n```",
    ]


LINES = st.sampled_from(
    [BODY, NEXT, "Read more", "By Ann Lee", "", "20210304", "GENEVA (Reuters) - " + BODY, "(Photo by Ann Lee)", "a…"]
)


@given(st.one_of(st.text(), st.lists(LINES | st.text(max_size=30), max_size=12).map("\n".join)))
def test_spans_lie_within_the_text_in_order_and_the_text_is_as_given(text: str) -> None:
    document = read(text)

    assert document.text == text
    ends = [0]
    for span in document.left_out:
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "A\n",
        ". ",
        "(Ab via ",
        "By A ",
        "2020-01-01 ",
        "<!--",
        "\n```",
        "copyright inc ",
        "[(",
        "Hide Caption 1 of 2 ",
        "JUST WATCHED a ",
        "MUST WATCH a ",
        "Posted by a ",
    ],
)
def test_a_hostile_text_is_marked_in_linear_time(unit: str) -> None:
    text = (unit * 200_000)[:200_000]

    assert read(text, markdown=True).text == text  # a pattern that backtracks would not come back from this
