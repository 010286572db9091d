"""The entailment judge: what it answers, that no answer hangs on another, and that it loads what it should."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from conftest import ROOT

from contradict import nli, resources
from contradict.errors import ModelError
from contradict.nli import EntailmentJudge, judge_both, load_judge
from contradict.onnx import BLOCK, MOST_CHARACTERS
from contradict.types import Inference

if TYPE_CHECKING:
    from numpy.typing import NDArray

ANSWERS = [
    ("The bridge was closed on Monday.", "The bridge was closed on Monday.", Inference.ENTAILMENT),
    ("Three men were arrested in Lyon on Friday night.", "Three men were arrested.", Inference.ENTAILMENT),
    ("The ferry sank.", "The ferry did not sink.", Inference.CONTRADICTION),
    ("The plane crashed in the desert.", "The plane did not crash.", Inference.CONTRADICTION),
    ("No troops crossed the border, the minister said.", "Troops crossed the border.", Inference.CONTRADICTION),
    ("The company rejected the offer.", "The company accepted the offer.", Inference.CONTRADICTION),
    ("The mayor spoke to reporters.", "The mayor has two children.", Inference.NEUTRAL),
]
# What it gets wrong, known and wanted: calm water makes it believe that nothing sank.
AMISS = [("The ferry sank in calm water.", "The ferry did not sink.", Inference.CONTRADICTION)]
PAIRS = [(premise, hypothesis) for premise, hypothesis, _ in ANSWERS]


class Loads:
    """A judge that answers with the lengths of the two texts, and remembers what it was asked."""

    name, sha256, cut = "lengths", "", 0

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]], *, on_progress: Any = None) -> NDArray[np.float32]:
        self.asked = list(pairs)
        return np.array([[0, len(b) / 100, len(a) / 100] for a, b in pairs], dtype=np.float32)


@pytest.fixture(scope="module")
def bundled() -> EntailmentJudge:
    return load_judge()


# What it answers


@pytest.mark.parametrize(
    ("premise", "hypothesis", "answer"),
    [*ANSWERS, *(pytest.param(*case, marks=pytest.mark.xfail(strict=True)) for case in AMISS)],
)
def test_plain_cases_are_answered_plainly(
    premise: str, hypothesis: str, answer: Inference, bundled: EntailmentJudge
) -> None:
    (found,) = bundled.judge([(premise, hypothesis)])
    assert Inference(int(found.argmax())) is answer
    assert found.sum() == pytest.approx(1, abs=1e-6)


def test_an_answer_is_the_same_alone_among_others_and_in_any_order(bundled: EntailmentJudge) -> None:
    pairs = [*PAIRS, *((f"{a} It was {n}.", b) for n in ("cold", "late " * 30) for a, b in PAIRS)]
    together = bundled.judge(pairs)
    assert np.array_equal(together, np.concatenate([bundled.judge([pair]) for pair in pairs]))
    assert np.array_equal(together, bundled.judge(pairs[::-1])[::-1])
    assert np.array_equal(together, load_judge(threads=1).judge(pairs))


def test_no_pairs_have_no_answers(bundled: EntailmentJudge) -> None:
    assert bundled.judge([]).shape == (0, 3)


@pytest.mark.parametrize("pair", [("", "It rained."), ("It rained.", " \t\n"), ("", "")])
def test_a_blank_text_says_nothing(pair: tuple[str, str], bundled: EntailmentJudge) -> None:
    assert bundled.judge([pair]).tolist() == [[0, 1, 0]]


def test_white_space_makes_no_difference(bundled: EntailmentJudge) -> None:
    answers = bundled.judge([("It  rained\u00a0all\nday.", "It rained. "), ("It rained all day.", "It rained.")])
    assert np.array_equal(answers[0], answers[1])


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("It rained all day.", False),
        ("It rained all day. " * 40, True),
        ("rain" * 25_000, True),  # one word of 100,000 letters
        ("x" + " " * 100_000 + "y", True),
        ("\u0301" * MOST_CHARACTERS, False),
    ],
)
def test_what_is_too_long_is_judged_by_its_beginning_and_counted(text: str, is_cut: bool) -> None:
    judge = load_judge()
    answers = judge.judge([(text, "It rained."), ("It rained.", "It snowed."), (text, "It rained.")])
    assert judge.cut == 2 * is_cut
    assert np.isfinite(answers).all()


def test_half_a_character_is_no_fault(bundled: EntailmentJudge) -> None:
    assert bundled.judge([("It rained \ud83d today.", "It rained \udc00.")]).sum() == pytest.approx(1)


def test_progress_counts_every_pair_given() -> None:
    told: list[int] = []
    pairs = [("It rained.", ""), ("It rained.", "")] + [(f"{n}", "") for n in range(BLOCK)]
    load_judge().judge(pairs, on_progress=told.append)
    assert len(told) == 2
    assert sum(told) == len(pairs)


def test_pairs_are_judged_in_both_orders() -> None:
    judge = Loads()
    both = judge_both(judge, [("a" * 20, "b" * 10), ("a" * 4, "b" * 6)])
    assert judge.asked[2:] == [(b, a) for a, b in judge.asked[:2]]
    assert both.given[:, Inference.CONTRADICTION].tolist() == pytest.approx([0.2, 0.04])
    assert both.turned[:, Inference.CONTRADICTION].tolist() == pytest.approx([0.1, 0.06])
    assert both.of([1]).turned[:, Inference.CONTRADICTION].tolist() == pytest.approx([0.06])


# What it loads


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the bundled judge in an installation of its own."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    folder = tmp_path / "contradict" / "_models" / "nli"
    shutil.copytree(ROOT / "models" / "nli", folder)
    return folder


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_one_changed_byte_is_found_before_loading(name: str, installed: Path) -> None:
    data = bytearray((installed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (installed / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"nli/{name}: not the expected weights \(sha256 \w+, expected \w+\)"):
        load_judge()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_a_missing_file_is_named(name: str, installed: Path) -> None:
    (installed / name).unlink()
    with pytest.raises(ModelError, match=rf"nli/{name}: this model is missing"):
        load_judge()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {}, "max_length": 128}', "\x00" * 9])
def test_facts_that_cannot_be_read_are_named(text: str, installed: Path) -> None:
    (installed / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"nli/model\.json: cannot be read"):
        load_judge()


def test_its_digest_is_that_of_its_weights(bundled: EntailmentJudge) -> None:
    assert bundled.sha256 == resources.sha256(ROOT / "models" / "nli" / "model.onnx")


# Any other model


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        ({0: "entailment", 1: "neutral", 2: "contradiction"}, [0, 1, 2]),
        ({0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}, [2, 1, 0]),
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, [1, 2, 0]),
    ],
)
def test_the_order_of_labels_is_read_from_the_model(labels: dict[int, str], columns: list[int]) -> None:
    assert nli._columns("m", labels) == columns


@pytest.mark.parametrize(
    "labels",
    [
        {},
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "not_entailment"},
        {0: "entailment", 1: "neutral", 2: "contradiction", 3: "unknown"},
    ],
)
def test_other_labels_are_refused(labels: dict[int, str]) -> None:
    with pytest.raises(ModelError, match=r"m: not an entailment judge: .* name another with --nli"):
        nli._columns("m", labels)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder of random weights with its labels in an order of its own."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    config = BertConfig(
        vocab_size=30522,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
        id2label=labels,
        label2id={label: index for index, label in labels.items()},
        initializer_range=1.0,
    )
    torch.manual_seed(3)
    BertForSequenceClassification(config).save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # it has no types
        tokenizer_file=str(ROOT / "models" / "nli" / "tokenizer.json"),
        model_max_length=32,
        pad_token="[PAD]",  # noqa: S106 (not that kind of token)
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
    ).save_pretrained(folder)
    return folder


def test_any_cross_encoder_can_take_its_place(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    judge = load_judge(str(cross_encoder))
    expected = CrossEncoder(str(cross_encoder)).predict(PAIRS, apply_softmax=True)[:, [1, 2, 0]]
    assert judge.judge(PAIRS) == pytest.approx(expected, abs=1e-5)
    assert judge.cut == 0
    judge.judge([("word " * 40, "word"), *PAIRS])
    assert judge.cut == 1


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere: no sentence-transformers CrossEncoder can be loaded"):
        load_judge(str(tmp_path / "nowhere"))
