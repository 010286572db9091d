"""Articles that were changed after printing: figures and dates in words that stayed, and whether a note owns to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from archive_cases import Letters, dated

from contradict.archive import Archive
from contradict.pipeline import scan_archive
from contradict.revisions import changes, owned
from contradict.settings import Settings
from contradict.types import Document, Kind, Relation, Scan, TimeSpan

TOLL = "The storm that crossed Peru on Sunday killed 43 people in Lima, rescue workers said."
REST = (
    "Roads into the valley were blocked by mud, and the airport stayed closed until Monday morning. "
    "Soldiers brought tents and water to the people who had gathered in the stadium. "
    "The mayor put the damage at $12 million."
)
BEFORE = f"{TOLL} {REST}"


def document(text: str, *, day: int = 2, name: str = "one") -> Document:
    when = date(2023, 5, day)
    return Document(id=name, path="one.txt", text=text, source="Echo", date=TimeSpan(when, when))


def changed(after: str, *, before: str = BEFORE, day: int = 2) -> list[tuple[str, str, Relation]]:
    found = changes(document(before, name="one@1"), document(after, day=day))
    return [(verdict.pair.a.said, verdict.pair.b.said, verdict.relation) for verdict in found]


def test_a_figure_that_was_changed_without_a_word_is_a_contradiction() -> None:
    (verdict,) = changes(document(BEFORE, name="one@1"), document(BEFORE.replace("43", "61")))
    assert (verdict.relation, verdict.kind) == (Relation.CONTRADICTION, Kind.FIGURE)
    assert [claim.document.id for claim in (verdict.pair.a, verdict.pair.b)] == ["one@1", "one"]
    assert verdict.reason.endswith("the article itself was changed, from 43 to 61; it does not say so.")
    assert verdict.same_source
    assert sum(getattr(verdict.probabilities, each.value) for each in Relation) == pytest.approx(1)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The storm killed 61 people, not 43.",
        "CORRECTION (3 May): We gave a wrong number of dead.",
        "Clarification: the number of dead has been made clearer.",
        "Editor's note: the number of dead is that of the army.",
        "An earlier version of this article misstated the number of dead.",
        "A previous version of this story gave another toll.",
        "This article was amended on 3 May 2023 to give the right toll.",
        "The number of dead has been corrected to 61.",
        "The toll has been updated to 61.",
        "(Corrects toll in first paragraph)",
        "Because of an editing error we incorrectly stated the toll.",
        "The Echo regrets the error.",
    ],
)
def test_a_change_that_a_note_owns_to_is_an_update(note: str) -> None:
    after = document(f"{BEFORE.replace('43', '61')}\n\n{note}")
    (verdict,) = changes(document(BEFORE, name="one@1"), after)
    assert verdict.relation is Relation.UPDATE
    assert "it says so: “" in verdict.reason
    assert verdict.reason.endswith("”.")


@pytest.mark.parametrize(
    "words",
    [
        "The law needs correction in many places.",
        "The bridge was corrected by hand.",
        "An earlier storm killed fewer.",
        "The mayor was said to regret nothing.",
        "",
    ],
)
def test_words_that_are_no_note_own_to_nothing(words: str) -> None:
    assert owned(document(BEFORE), document(f"{BEFORE}\n\n{words}")) == ""


def test_a_note_that_was_there_before_owns_to_nothing_new() -> None:
    note = "\n\nCorrection: the name of the mayor was wrong."
    assert changed(BEFORE.replace("43", "61") + note, before=BEFORE + note) == [("43", "61", Relation.CONTRADICTION)]


@pytest.mark.parametrize(
    ("dead", "day", "relation"),
    [("61", 3, Relation.UPDATE), ("61", 2, Relation.CONTRADICTION), ("31", 3, Relation.CONTRADICTION)],
)
def test_a_toll_that_is_higher_on_a_later_day_is_an_update(dead: str, day: int, relation: Relation) -> None:
    assert changed(BEFORE.replace("43", dead), day=day) == [("43", dead, relation)]


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        BEFORE.replace("43", "forty-three"),
        BEFORE.replace("rescue workers said", "according to rescue workers"),
        BEFORE.replace("The mayor put", "Later the mayor of the town, who was shaken, put"),
        f"{BEFORE} Some 2,300 families lost their homes.",
        TOLL,
        "A choir sang for 300 guests in Hasle; tickets were sold out within 1 hour, and 61 came too late.",
        "",
    ],
    ids=["nothing", "in words", "reworded", "reworded around", "added", "cut", "another article", "emptied"],
)
def test_a_rewording_that_leaves_the_figures_is_no_change(after: str) -> None:
    assert changed(after) == []


def test_a_clause_that_stayed_in_a_reworded_sentence_is_enough() -> None:
    long = (
        "In the poorer quarters by the river, where most houses are of clay and few have a second floor, "
        "the storm on Sunday killed 43 people before help came, said the army."
    )
    after = long.replace("In the poorer quarters", "In quarters").replace("43", "61")
    assert changed(f"{after} {REST}", before=f"{long} {REST}") == [("43", "61", Relation.CONTRADICTION)]


def test_several_figures_of_one_sentence_are_told_one_by_one() -> None:
    before = f"The storm killed 43 people and left 2,300 families in Lima without a roof. {REST}"
    assert changed(before.replace("2,300", "3,200"), before=before) == [("2,300", "3,200", Relation.CONTRADICTION)]
    both = before.replace("2,300", "3,200").replace("43", "61")
    assert [told[:2] for told in changed(both, before=before)] == [("43", "61"), ("2,300", "3,200")]


def test_a_date_that_was_changed_is_told_too() -> None:
    before = f"The old bridge at Orvik was torn down on 3 March 2019 by the army. {REST}"
    (told,) = changes(document(before, name="one@1"), document(before.replace("3 March", "9 April")))
    assert (told.kind, told.relation) == (Kind.DATE, Relation.CONTRADICTION)
    assert "from 3 March 2019 to 9 April 2019" in told.reason.replace("on ", "")


def test_a_text_of_many_equal_sentences_takes_no_time() -> None:
    one = "It was 5 metres. " * 4000
    assert len(changed(one.replace("5", "9", 1), before=one)) <= 1


# In an archive


def scanned(archive: Archive, **given: object) -> Scan:
    return scan_archive(archive, settings=Settings(**given), encoder=Letters())  # type: ignore[arg-type]


def test_what_an_article_said_before_is_kept_and_told_as_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    with Archive(tmp_path / "archive", writable=True) as archive:
        for dead in (43, 61, 61, 58):
            path.write_text(dated(2, BEFORE.replace("43", str(dead))))
            archive.add([str(path)])
        result = scanned(archive)
        sides = [(v.pair.a.document.id, v.pair.a.said, v.pair.b.document.id, v.pair.b.said) for v in result.verdicts]
        assert sorted(sides) == [("one.txt@1", "43", "one.txt@2", "61"), ("one.txt@2", "61", "one.txt", "58")]
        assert {v.id for f in result.findings for v in f.verdicts} == {v.id for v in result.verdicts}
        assert result.counts["changed in articles"] == 2
        assert scanned(archive, min_score=0.95).verdicts == ()
        assert scanned(archive, relations=frozenset({Relation.UPDATE})).verdicts == ()
        archive.remove(["one.txt"])
        path.write_text(dated(2, BEFORE))
        archive.add([str(path)])
        assert scanned(archive).verdicts == ()


def test_a_new_title_alone_is_no_earlier_version(tmp_path: Path) -> None:
    import json

    path = tmp_path / "one.jsonl"
    with Archive(tmp_path / "archive", writable=True) as archive:
        for title in ("Storm", "Storm in Peru"):
            path.write_text(json.dumps({"id": "1", "title": title, "text": BEFORE}))
            archive.add([str(path)])
        assert (archive.documents, archive.status().revisions) == (1, 0)
