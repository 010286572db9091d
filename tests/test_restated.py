"""A hypothesis in the figures of its premise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict import nli
from contradict.onnx import Pair
from contradict.restated import restated


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        # figures as they are: the same, written in another way, and others, which are seen to be others
        ("The blast hurt 218 miners.", "218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt twelve miners.", "12 miners were hurt.", "twelve miners were hurt."),
        ("The yard cost $1.2 million.", "The cost was $1,200,000.", "The cost was $1.2 million."),
        ("The yard cost $1,234,567.", "The cost was $1.2 million.", "The cost was $1.2 million."),
        ("The blast hurt 218 miners.", "217 miners were hurt.", "217 miners were hurt."),
        ("Turnout was 57%.", "Turnout was 58 percent.", "Turnout was 58 percent."),
        # bounds, to the last digit
        ("The blast hurt 218 miners.", "More than 217 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "More than 218 miners were hurt.", "not 218 miners were hurt."),
        ("The blast hurt 218 miners.", "At least 218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "Fewer than 218 miners were hurt.", "not 218 miners were hurt."),
        ("The blast hurt 218 miners.", "At most 218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "Under 300 miners were hurt.", "218 miners were hurt."),
        # bounds of the premise
        ("It hurt more than 218 miners.", "More than 200 miners were hurt.", "more than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "More than 300 miners were hurt.", "More than 300 miners were hurt."),
        ("It hurt more than 218 miners.", "Fewer than 200 miners were hurt.", "not more than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "218 miners were hurt.", "not more than 218 miners were hurt."),
        ("It hurt at least 218 miners.", "218 miners were hurt.", "218 miners were hurt."),
        ("It hurt at least 218 miners.", "At most 218 miners were hurt.", "At most 218 miners were hurt."),
        ("It hurt fewer than 218 miners.", "At most 218 miners were hurt.", "fewer than 218 miners were hurt."),
        # two ways of a move, a level that was left, and times of nothing that is told
        ("Prices rose 5%.", "Prices fell less than 3%.", "Prices fell less than 3%."),
        ("Turnout rose from 50% to 57%.", "Turnout was over 55%.", "Turnout was over 55%."),
        ("He was jailed for 10 years.", "He was mayor for more than 12 years.", "He was mayor for more than 12 years."),
        # where "not" cannot stand
        ("It hurt 218 miners.", "It did not hurt at least 300 miners.", "It did not hurt at least 300 miners."),
        ("It hurt 218 miners.", "The more than 300 miners were hurt.", "The more than 300 miners were hurt."),
        # hedges
        ("It hurt about 220 miners.", "It hurt 218 miners.", "It hurt 218 miners."),
        ("It hurt about 300 miners.", "More than 400 miners were hurt.", "not about 300 miners were hurt."),
        ("It hurt about 300 miners.", "More than 290 miners were hurt.", "about 300 miners were hurt."),
        ("It hurt 290 miners.", "About 300 miners were hurt.", "290 miners were hurt."),
        ("It hurt 150 miners.", "About 300 miners were hurt.", "not 150 miners were hurt."),
    ],
)
def test_a_figure_is_told_by_what_the_premise_says_of_it(premise: str, hypothesis: str, told: str) -> None:
    assert restated(premise, hypothesis) == told


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        ("It has 57 reviews and 31 likes.", "It has under 60 reviews.", "It has 57 reviews."),
        ("It has 57 likes and 31 reviews.", "It has over 60 reviews.", "It has not 31 reviews."),  # of one noun
        ("25 were hurt and 57 died.", "More than 50 are dead.", "57 are dead."),  # the nearest
        ("31 were hurt and 40 died.", "More than 35 are dead.", "More than 35 are dead."),  # which one is open
        ("Three of the five men were hurt.", "At least four men were hurt.", "At least four men were hurt."),
        ("Crowds of 31 met.", "Over 12 men held 900 others.", "31 men held 900 others."),
        ("31 were hurt and 57 died.", "Over 9 men held 900 others.", "Over 9 men held 900 others."),  # too far
        ("The yard has 31 cranes.", "The yard cost over $31 million.", "The yard cost over $31 million."),  # the scale
        ("The yard is old.", "The yard has over 31 cranes.", "The yard has over 31 cranes."),
        ("The yard has 31 cranes.", "The yard is old.", "The yard is old."),
    ],
)
def test_of_figures_on_one_scale_the_nearest_of_one_noun_or_size_is_meant(
    premise: str, hypothesis: str, told: str
) -> None:
    assert restated(premise, hypothesis) == told


_FIGURES = st.builds(
    "{} {} {}".format,
    st.sampled_from(["more than", "at least", "under", "about", "some", "no more than", "", "almost"]),
    st.one_of(st.integers(0, 300), st.integers(10**25, 10**45), st.decimals(0, 100, places=2)),
    st.sampled_from(["miners", "people", "percent", "tonnes", "dollars", "years"]),
)


@given(st.lists(_FIGURES, min_size=1, max_size=3), st.lists(_FIGURES, min_size=1, max_size=3))
def test_of_any_figures_nothing_but_these_is_restated(theirs: list[str], ours: list[str]) -> None:
    premise, hypothesis = (f"Holm counted {'; '.join(each)} in Orvik." for each in (theirs, ours))
    told = restated(premise, hypothesis)
    assert told.startswith("Holm counted")
    assert told.endswith("in Orvik.")
    assert told.count(";") == hypothesis.count(";")


def test_figures_of_any_size_are_set_against_each_other() -> None:
    large = f"It hurt 1{'0' * 45} miners.", f"100001{'0' * 40} miners were hurt."
    assert restated(*large) == large[1]
    assert restated(*large[::-1]) == large[0]


def test_the_judge_reads_what_is_restated(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Pair] = []

    class Recorder:
        sha256 = ""

        def __init__(self, *_: object, **__: object) -> None: ...

        def run(self, pairs: list[Pair]) -> tuple[np.ndarray, list[bool]]:
            read.extend(pairs)
            return np.zeros((len(pairs), 3), dtype=np.float32), [False] * len(pairs)

    monkeypatch.setattr(nli, "Network", Recorder)
    nli.OnnxJudge().judge([("It hurt 218 miners.", "More than 217 miners were hurt.")])
    assert read == [("It hurt 218 miners.", "218 miners were hurt.")]
