"""How networks are made: what the judge and its teacher learn from, in which order to ask, how weights are rounded."""

from __future__ import annotations

import copy
import importlib
import json
import lzma
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from conftest import ROOT

WORDS = ("faithful", "conflict", "neutral")
MODULES = (
    "nli_compared",
    "nli_data",
    "nli_model",
    "nli_narrow",
    "nli_prune",
    "nli_recipe",
    "nli_rounding",
    "nli_teacher",
    "nli_told",
)


@pytest.fixture(scope="module")
def training() -> Any:
    """The modules of `models/`, which lie beside the package."""
    sys.path.insert(0, str(ROOT / "models"))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(ROOT / "models"))


def rewrites(place: Path, *texts: str) -> Path:
    """A file in which each text stands as often as it is named, with rewrites of its own each time."""
    rows = [{"text": text} | {word: f"{word} {at} of {text}" for word in WORDS} for at, text in enumerate(texts)]
    path = place / "rewrites.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_rewrites_of_one_text_are_paired_across_each_other_and_with_nothing_else(training: Any, tmp_path: Path) -> None:
    pairs = list(training["nli_data"].read_crossed(rewrites(tmp_path, "a", "a", "b")))
    assert {pair.source for pair in pairs} == {"crossed"}
    assert len(pairs) == len({(pair.premise, pair.hypothesis) for pair in pairs}) == 2 * len(WORDS) ** 2
    assert not any(pair.premise.endswith("b") for pair in pairs)
    assert all(pair.premise.split()[1] != pair.hypothesis.split()[1] for pair in pairs)


def test_what_is_known_of_a_pair_across_rewrites_is_its_label(training: Any, tmp_path: Path) -> None:
    pairs = training["nli_data"].read_crossed(rewrites(tmp_path, "a", "a"))
    labels = {(pair.premise.split()[0], pair.hypothesis.split()[0]): pair.label for pair in pairs}
    assert labels.pop(("faithful", "conflict")) == labels.pop(("conflict", "faithful")) == "c"
    assert labels.pop(("faithful", "faithful")) == "nc"
    assert set(labels.values()) == {"?"}


def test_the_texts_held_out_are_paired_with_nothing(training: Any, tmp_path: Path) -> None:
    texts = [text for text in "abcd" for _ in range(2)]
    pairs = list(training["nli_data"].read_crossed(rewrites(tmp_path, *texts)))
    assert {pair.premise.split()[-1] for pair in pairs} == set("abc")


def test_near_misses_are_paired_in_both_orders_with_what_is_known_of_them(training: Any, tmp_path: Path) -> None:
    kinds = {"near_kind_1": "another_matter", "near_kind_2": "double_negation"}
    row = kinds | {name: name for name in ("text", "same", "conflict", "near_1", "near_2")}
    path = tmp_path / "near_misses.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    labels = {(p.premise, p.hypothesis): p.label for p in training["nli_data"].read_near_misses(path)}
    assert len(labels) == 5 * 4
    assert all(label == labels[other, one] for (one, other), label in labels.items())
    assert labels["text", "conflict"] == labels["same", "conflict"] == "c"
    assert labels["text", "near_1"] == labels["same", "near_1"] == "n"
    assert labels["text", "same"] == labels["text", "near_2"] == "nc"  # what is told in other words may be entailed
    assert labels["conflict", "near_1"] == labels["near_1", "near_2"] == "?"


def test_claims_hold_by_the_evidence_before_or_after_an_edit(training: Any, tmp_path: Path) -> None:
    path = tmp_path / "contrasts.jsonl"
    item = {name: name for name in ("a", "b", "claim_a", "claim_b", "neither", "kind")}
    path.write_text(json.dumps(item) + "\n", encoding="utf-8")
    labels = {(p.premise, p.hypothesis): p.label for p in training["nli_data"].read_contrasts(path)}
    assert labels.pop(("a", "b")) == "c"
    assert {claim: labels["a", claim] + labels["b", claim] for _, claim in labels} == {
        "claim_a": "ec",
        "claim_b": "ce",
        "neither": "nn",
    }


def test_each_premise_has_a_hypothesis_of_each_label(training: Any, tmp_path: Path) -> None:
    path = tmp_path / "premises.jsonl"
    path.write_text(json.dumps({"premise": "p", "e": "so", "n": "maybe", "c": "not so"}) + "\n", encoding="utf-8")
    pairs = list(training["nli_data"].read_premises(path))
    assert [(p.premise, p.hypothesis, p.label) for p in pairs] == [
        ("p", "so", "e"),
        ("p", "maybe", "n"),
        ("p", "not so", "c"),
    ]


def test_a_retold_sentence_is_read_from_its_article_and_one_of_four_is_held_out(training: Any, tmp_path: Path) -> None:
    told = {"same": "f", "conflict": "c", "near_1": "n", "near_kind_1": "another_time"}
    items = [{"id": f"r{k}", "document": f"d{k}", "start": 6, "end": 17} | told for k in range(8)]
    path, news = tmp_path / "retold.jsonl", tmp_path / "news.jsonl.xz"
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    with lzma.open(news, "wt", encoding="utf-8") as out:  # without the article of the first item
        out.writelines(json.dumps({"id": f"d{k}", "text": f"Before{k}  said\nso. After"}) + "\n" for k in range(1, 8))
    read = training["nli_data"].read_retold
    pairs = list(read(path, news))
    texts = {pair.premise for pair in pairs} - {"f", "c", "n"}
    assert texts == {f"{k} said so." for k in (1, 2, 4, 5, 6)}
    assert {pair.label for pair in pairs if pair.hypothesis == "c" and pair.premise in texts} == {"c"}
    assert {p.premise for p in read(path, news, held_out=True)} - {"f", "c", "n"} == {f"{k} said so." for k in (3, 7)}


def bounds_of(pairs: list[Any], premise: str, claim: str) -> list[tuple[float, str, float, str]]:
    """Figure, bound and label of each made pair, read back by two patterns."""
    read = []
    for pair in pairs:
        told, bounded = re.fullmatch(premise, pair.premise), re.fullmatch(claim, pair.hypothesis)
        assert told is not None, pair
        assert bounded is not None, pair
        figures = [float(text.replace(",", "")) for text in (told[1], bounded[2])]
        read.append((figures[0], bounded[1].lower(), figures[1], pair.label))
    return read


@pytest.mark.parametrize(
    ("bounded", "above", "counts"),
    [("more than", True, False), ("at least", True, True), ("fewer than", False, False), ("under", False, False)],
)
def test_bounds_drawn_anew_hold_or_fail_by_what_they_say(
    training: Any, bounded: str, above: bool, counts: bool
) -> None:
    pair = training["nli_data"].Pair(
        "vitaminc_real", "Orvik had 1,218 cases by noon.", "There were more than 1,200 cases.", "e"
    )
    made = [one for seed in range(60) for one in training["nli_compared"].compared([pair], seed=seed)]
    found = bounds_of(made, r"Orvik had ([\d,]+) cases by noon\.", r"There were ([a-z ]+) ([\d,]+) cases\.")
    mine = [(figure, bound, label) for figure, words, bound, label in found if words == bounded]
    assert {label for _, _, label in mine} == {"e", "c"}
    for figure, bound, label in mine:
        holds = (figure > bound if above else figure < bound) or (counts and figure == bound)
        assert label == ("e" if holds else "c")
    assert len({figure for figure, *_ in found}) > len(mine) / 4  # nothing to be known by heart


def test_a_bound_within_another_follows_one_apart_is_ruled_out_and_others_stay_open(training: Any) -> None:
    text = "The blast in Orvik hurt more than 400 miners on the late shift."
    made = [one for seed in range(200) for one in training["nli_compared"].compared_news([text], seed=seed)]
    patterns = r".*hurt more than ([\d,]+) miners.*", r"The \w+ in Orvik \w+ ([a-z ]+) ([\d,]+) miners.*"
    found = bounds_of(made, *patterns)
    assert {label for *_, label in found} == {"e", "n", "c"}
    for least, words, bound, label in found:
        above = words in ("more than", "over", "at least")
        assert label == ("n" if bound > least else "e" if above else "c")


def test_days_and_years_lie_before_or_after_a_bound(training: Any) -> None:
    text = "The yard in Orvik was closed on March 9, and the quay in 1987."
    made = [one for seed in range(200) for one in training["nli_compared"].compared_news([text], seed=seed)]
    years = [
        (int(told[1]), bounded[1], int(bounded[2]), pair.label)
        for pair in made
        if (told := re.search(r"quay in (\d+)", pair.premise))
        and (bounded := re.search(r"quay (\w+)(?: to)? (\d+)", pair.hypothesis))
        and bounded[1] != "in"
    ]
    assert {(words, label) for _, words, _, label in years} >= {
        (w, label) for w in ("before", "after") for label in "ec"
    }
    for year, words, bound, label in years:
        holds = {"before": year < bound, "prior": year < bound, "by": year <= bound, "after": year > bound}[words]
        assert label == ("e" if holds else "c")
    assert any(re.search(r"closed before March \d+", pair.hypothesis) for pair in made)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left Pier 90 at 7:30 for a 12-day trip.",
        "Flight 134 was flown by a Boeing 757 on Jan. 6.",
        "Seats went for $11-13 between 9 and 11 a.m.",
    ],
)
def test_numbers_that_count_nothing_are_not_compared(training: Any, text: str) -> None:
    assert list(training["nli_compared"].compared_news([text], seed=1)) == []


@pytest.mark.parametrize("bound", ["not more than 200", "no less than 200", "a maximum of 200", "200 or so"])
def test_bounds_that_are_not_read_are_no_figures(training: Any, bound: str) -> None:
    assert list(training["nli_compared"].compared_news([f"The blast hurt {bound} miners in Orvik."], seed=1)) == []


def test_another_bound_may_hold_for_what_was_open(training: Any) -> None:
    pair = training["nli_data"].Pair("vitaminc_real", "It has more than 1,218 cases.", "It has over 1,400 cases.", "n")
    assert list(training["nli_compared"].compared([pair], seed=1)) == []
    other = training["nli_data"].Pair("vitaminc_real", "It has many cases.", "It has over 1,400 cases.", "n")
    assert {made.label for made in training["nli_compared"].compared([other], seed=1)} == {"n"}


def test_what_does_not_say_which_figure_it_bounds_is_left(training: Any) -> None:
    pair = training["nli_data"].Pair(
        "vitaminc_real", "Orvik had 1,218 cases and 1,219 tests.", "More than 1,200 were counted.", "e"
    )
    assert list(training["nli_compared"].compared([pair], seed=1)) == []


@pytest.mark.parametrize(("claim", "stays"), [("More than 9 men were hurt.", True), ("Some men were hurt.", False)])
def test_a_pair_is_turned_unless_its_claim_is_in_the_figures_of_its_text(
    training: Any, claim: str, stays: bool
) -> None:
    data, tokenizer = training["nli_data"], training["nli_model"].load_tokenizer(32)
    encoded = data.encode(tokenizer, [data.Pair("contrasts", "It hurt 12 men.", claim, "e")])
    given, turned = (data.collate(encoded, np.array([0]), np.array([is_]), width=32) for is_ in (False, True))
    assert bool((given.ids == turned.ids).all()) is stays
    shown = tokenizer.decode(given.ids[0].tolist())
    assert ("more than" in shown, shown.count("12")) == (False, 2 if stays else 1)


def test_the_teacher_is_asked_first_of_what_has_no_label_and_sooner_of_what_weighs_more(training: Any) -> None:
    pair, weights = training["nli_data"].Pair, {name: w[0] for name, w in training["nli_recipe"].SOURCES.items()}
    light, heavy = "news_strangers", "vitaminc_real"
    assert weights[heavy] > 10 * weights[light]
    pairs = [pair(light, f"p{i}", "h", "?") for i in range(300)] + [pair(heavy, f"q{i}", "h", "nc") for i in range(300)]
    labelled = [pair(heavy, f"r{i}", "h", "e") for i in range(300)]
    turn = training["nli_told"].in_turn([*labelled, *pairs], seed=3)
    assert sorted(turn, key=id) == sorted([*labelled, *pairs], key=id)
    assert {each.label for each in turn[:600]} == {"?", "nc"}
    assert sum(each.source == heavy for each in turn[:300]) > 250
    assert turn == training["nli_told"].in_turn([*labelled, *pairs], seed=3)


def test_weights_that_make_up_for_one_another_lose_less_of_a_product(training: Any) -> None:
    random = np.random.default_rng(5)
    activations = random.normal(size=(2000, 24)) @ random.normal(size=(24, 24))  # channels that move together
    steps = random.uniform(-63, 63, size=(24, 8)).round(3)
    spread = activations.T @ activations / len(activations)
    found = training["nli_rounding"].rounded(steps, spread, most=63)
    assert (found == found.round()).all()
    assert np.abs(found).max() <= 63
    lost, plainly = (np.abs(activations @ (each - steps)).mean() for each in (found, steps.round()))
    assert lost < 0.7 * plainly


def test_channels_that_do_not_move_together_are_rounded_to_the_nearest(training: Any) -> None:
    steps = np.array([[0.4, -1.6], [2.2, 70.0]])
    found = training["nli_rounding"].rounded(steps, np.eye(2), most=63)
    assert found.tolist() == [[0, -2], [2, 63]]


# What is cut out of the judge


def test_coarse_weights_are_few_whole_steps_and_near_what_they_were(training: Any) -> None:
    narrow = training["nli_narrow"]
    weight = torch.randn(8, 300, generator=torch.Generator().manual_seed(0))
    weight[0, 0] = 40.0  # one that is far out must not take the steps of the others
    step = narrow.steps_of(weight)
    coarse = narrow.on_grid(weight, step)
    whole = coarse / step
    assert torch.allclose(whole, whole.round(), atol=1e-4)
    assert whole.abs().max() <= narrow.MOST + 1e-4
    widest = narrow.on_grid(weight, weight.abs().amax(dim=1, keepdim=True) / narrow.MOST)
    lost, lost_by_widest = ((each - weight).square().sum(dim=1) for each in (coarse, widest))
    assert (lost <= lost_by_widest + 1e-4).all()
    assert lost[1:].sum() < lost_by_widest[1:].sum()
    assert torch.allclose(narrow.on_grid(coarse, step), coarse)


def test_weights_that_are_whole_steps_are_told_and_packed(training: Any) -> None:
    rounding, rng = training["nli_rounding"], np.random.default_rng(0)
    whole = rng.integers(-7, 8, size=(40, 9))
    whole[0], whole[1] = 7 * np.sign(whole[0]), 0  # a row of few numbers, and one of none
    whole[2, :2] = 6, 7  # these have no larger step
    steps = rng.exponential(size=40)
    found, found_steps = rounding.whole_steps((whole * steps[:, None]).astype(np.float32))
    assert np.abs(found).max() <= rounding.MOST
    assert np.allclose(found * found_steps[:, None], whole * steps[:, None], rtol=1e-4, atol=1e-6)
    assert np.isclose(found_steps[2], steps[2])
    assert rounding.whole_steps(rng.normal(size=(4, 300)).astype(np.float32)) is None
    whole = whole[1:]  # an odd number of them
    packed = np.frombuffer(rounding.nibbles(whole), dtype=np.uint8)
    halves = np.stack([packed & 15, packed >> 4], axis=1).ravel().astype(np.int8)
    assert (np.where(halves > 7, halves - 16, halves)[: whole.size] == whole.ravel()).all()


def test_of_heads_and_neurons_those_are_left_that_count_most(training: Any) -> None:
    prune = training["nli_prune"]
    rng = np.random.default_rng(0)
    counts = prune.Counts(rng.exponential(size=(3, 12)), rng.exponential(size=(3, 3072)) / 99, [], [])
    counts.heads[2], counts.neurons[2] = 0.0, 0.0  # a layer that counts for nothing
    heads, neurons = prune.chosen(counts, share=0.5)
    weights = sum(
        len(left) * prune.OF_HEAD + len(wide) * prune.OF_NEURON for left, wide in zip(heads, neurons, strict=True)
    )
    assert 0.95 < weights / (0.5 * 3 * (12 * prune.OF_HEAD + 3072 * prune.OF_NEURON)) < 1.05
    assert (len(heads[2]), len(neurons[2])) == (1, prune.ALIGNED)
    for left, all_ in zip((*heads, *neurons), (*counts.heads, *counts.neurons), strict=True):
        cut = np.setdiff1d(np.arange(len(all_)), left)
        assert not len(cut) or all_[left].min() >= all_[cut].max()
    assert all(len(wide) % prune.ALIGNED == 0 for wide in neurons)


def test_what_others_can_make_up_for_is_made_up_for(training: Any) -> None:
    draw = torch.Generator().manual_seed(0)
    inputs = torch.randn(500, 6, generator=draw)
    inputs[:, 5] = inputs[:, 0] - 2 * inputs[:, 1]  # the one that is cut out follows from two that are left
    weight = torch.randn(4, 6, generator=draw)
    left = torch.arange(5)
    solved = training["nli_prune"].solved(weight, inputs.T @ inputs, left)
    whole = inputs @ weight.T
    assert (inputs[:, :5] @ solved.T - whole).abs().max() < 0.05
    assert (inputs[:, :5] @ weight[:, :5].T - whole).abs().max() > 1


@pytest.fixture(scope="module")
def one_layer(training: Any) -> tuple[Any, Any]:
    """A teacher of one layer with random weights, and the judge of which nothing is cut out."""
    from transformers import MPNetConfig

    narrow = training["nli_narrow"]
    config = MPNetConfig(
        vocab_size=narrow.WORDS,
        num_hidden_layers=1,
        layer_norm_eps=1e-5,
        max_position_embeddings=narrow.POSITIONS,
    )
    config.num_labels = 3
    config._attn_implementation = "eager"
    with torch.random.fork_rng():
        torch.manual_seed(0)
        teacher = training["nli_teacher"].Teacher(config).eval()
        judge = narrow.Narrow(narrow.Shape((tuple(range(narrow.HEADS)),), (3072,))).eval()
    judge.load_state_dict(judge.state_dict() | narrow.from_teacher(teacher.network.state_dict()))
    return teacher, judge


def said(model: Any, texts: list[tuple[str, str]], training: Any) -> torch.Tensor:
    """The logits of pairs, a batch of them."""
    found = training["nli_model"].load_tokenizer(64).encode_batch(texts)
    width = max(len(each.ids) for each in found)
    ids = torch.tensor([each.ids + [0] * (width - len(each.ids)) for each in found])
    with torch.no_grad():
        return torch.as_tensor(model(ids, None, (ids > 0).long()).logits)


PAIRS = [
    ("It rained in Oslo.", "It was dry."),
    ("The mayor of Lima resigned on Monday, and two aides left.", "He is in office."),
]


def test_the_judge_says_what_its_teacher_says_where_nothing_is_cut_out(
    training: Any, one_layer: tuple[Any, Any]
) -> None:
    one, other = (said(each, PAIRS, training) for each in one_layer)
    assert torch.allclose(one, other, atol=1e-5)
    assert (one[0] - one[1]).abs().max() > 1e-3


def test_a_piece_that_is_not_carried_is_read_as_unknown(training: Any, one_layer: tuple[Any, Any]) -> None:
    narrow, model = training["nli_narrow"], copy.deepcopy(one_layer[1])
    texts = [*PAIRS, ("It rained in \u041c.", "It was dry."), ("It rained in [UNK].", "It was dry.")]
    before = said(model, texts, training)
    after = said(narrow.of_words(model, training["nli_model"].load_tokenizer(64)), texts, training)
    assert torch.allclose(after[[0, 1, 3]], before[[0, 1, 3]], atol=1e-6)
    assert torch.allclose(after[2], after[3], atol=1e-6)
    assert not torch.allclose(before[2], before[3], atol=1e-6)


def test_what_is_cut_out_is_what_its_gate_would_close(
    training: Any, one_layer: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    prune, model = training["nli_prune"], one_layer[1]
    monkeypatch.setattr(prune, "solved", lambda weight, sums, left: weight[:, left])
    monkeypatch.setattr(prune, "on_grid", lambda weight, step: weight)
    heads, neurons = np.array([0, 3, 7]), np.arange(64, 128)
    counts = prune.Counts(np.zeros((1, 12)), np.zeros((1, 3072)), [torch.zeros(0)], [torch.zeros(0)])
    small = prune.cut(model.state_dict(), counts, [heads], [neurons]).eval()
    gates = [torch.zeros(len(PAIRS), n) for n in (12, 3072)]
    gates[0][:, heads], gates[1][:, neurons] = 1, 1

    def gated(ids: torch.Tensor, types: None, mask: torch.Tensor) -> Any:
        return model(ids, types, mask, [tuple(gates)])

    assert torch.allclose(said(small, PAIRS, training), said(gated, PAIRS, training), atol=1e-5)


def test_lower_layers_learn_more_slowly(training: Any) -> None:
    scale, recipe = training["nli_model"].layer_scale, training["nli_recipe"].JUDGE
    names = ["begun.weight", "layers.0.query.weight", "layers.11.query.weight", "dense.weight"]
    scales = [scale(name, recipe) for name in names]
    assert scales == sorted(scales)
    assert scales[0] < scales[1] < scales[2] <= 1.0
