"""The card of the entailment judge, from what its export and its training wrote down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from records import read_records

# source, what it is, licence as its own repository states it
DATA = (
    ("lingnli", "LingNLI (Parrish et al. 2021), hypotheses of three protocols over MNLI premises", "none stated"),
    ("vitaminc_real", "VitaminC (Schuster et al. 2021), Wikipedia revisions; text CC BY-SA 3.0", "MIT"),
    ("vitaminc_synthetic", "VitaminC, revisions made from FEVER; text CC BY-SA 3.0", "MIT"),
    ("taxinli", "TaxiNLI (Joshi et al. 2020), MNLI pairs", "C-UDA 1.0 (models are free Results)"),
    ("cad_nli", "Counterfactually augmented SNLI (Kaushik et al. 2020)", "none stated; SNLI is CC BY-SA 4.0"),
    ("conjnli", "ConjNLI (Saha et al. 2020), adversarial training set, labelled by rule", "none stated"),
    ("snli_dev", "SNLI development set (Bowman et al. 2015)", "CC BY-SA 4.0"),
    ("climate_fever", "Climate-FEVER (Diggelmann et al. 2020)", "unknown on its card"),
    ("healthver", "HealthVer (Sarrouti et al. 2021)", "none stated"),
    (
        "turned",
        "entailed hypotheses of LingNLI, VitaminC, TaxiNLI and HealthVer, altered into contradictions",
        "as those",
    ),
    (
        "compared_news",
        "sentences of 6,000 articles of the AllSides collection with a bound in place of a figure or day, drawn anew",
        "none stated",
    ),
    ("compared", "claims of VitaminC, LingNLI, TaxiNLI and contrasts with figure and bound drawn anew", "as those"),
    (
        "news_",
        "made from 6,000 articles of the AllSides collection (Baly et al. 2020), not redistributed, and mined in it",
        "none stated",
    ),
    (
        "reprinted",
        "near-equal sentences of two articles of that collection, with the same figures and denials",
        "none stated",
    ),
    ("reprint_altered", "those of a few days with one alteration", "none stated"),
    ("read_", "pairs of it that scans had listed, or nearly, read and labelled by language models", "none stated"),
    (
        "asked",
        "pairs of it that a scan would ask about, with no label but the answer of a teacher: the network that this was"
        " cut from, after 49,936 pairs of its own training",
        "none stated",
    ),
    (
        "reversed",
        "pairs of LingNLI, VitaminC, TaxiNLI and HealthVer turned round, with the teacher's answer",
        "as those",
    ),
    (
        "near_misses",
        "sentences invented for this project by language models: an account, the same told anew, what conflicts with"
        " it, and what only looks like that",
        "Apache-2.0",
    ),
    (
        "retold",
        "sentences of news articles with what language models wrote of them for this project: the same told anew, what"
        " conflicts with it, and what only looks like that",
        "the news: none stated; what was written: Apache-2.0",
    ),
    (
        "contrasts",
        "evidence invented for this project by language models, before and after an edit, with claims that one of the"
        " two bears out and the other rules out, or neither",
        "Apache-2.0",
    ),
    (
        "premises",
        "premises of many genres invented for this project by language models, with a hypothesis of each label",
        "Apache-2.0",
    ),
    ("crossed", "rewrites of one sentence, paired across each other", "Apache-2.0"),
    ("rewrites", "sentences invented for this project by language models, each rewritten in three ways", "Apache-2.0"),
)

CARD = """# Entailment judge

A three-way cross-encoder: does the first sentence entail the second, contradict it, or neither? MPNet, trained by
`models/train_nli.py` (the whole recipe), with the heads and neurons cut out that entailment needs least
(`models/nli_prune.py`): {left_heads} of 144 heads are left, and {left_neurons:,} of 36,864 neurons. Carried as ONNX
with int8 products whose weights take four bits in the file. Labels, in the order of the outputs: entailment, neutral,
contradiction. Input: `[CLS] first [SEP] second [SEP]` in BERT's vocabulary, at most {max_length} tokens, the second in
the figures and dates of the first (`contradict/restated/`): networks of its kind compare numbers badly. The scores
below are with figures told so when it was exported; rules came later about where "not" may stand, about dates, and
about figures of one place. With all of them int8 gets 0.761 of the whole of xnli_en_validation, 0.759 of
vitaminc_pages, 0.711 of lingnli_val and 0.930 of equate_StressTest.

The judge's known failing, as of every model of its kind: sentences about different things can look contradictory. Use
it only on pairs known to be about the same matter. Each token has a scale of its own (`models/nli_quantise.py`), so
what a pair gets does not depend on the pairs judged with it.

## Files

| file | bytes | sha256 |
| --- | ---: | --- |
{files}

Start weights: all-mpnet-base-v2 (Apache-2.0), model.safetensors sha256 `{start}`.
Weights that this was made from: sha256 `{weights}`; float32, the matrices of their layers and their words on the grid
of four bits already, so that what int8 loses below is what activations, the head and the places in bytes lose.
Variant: {variant}.

## Scores

Accuracy. "One" judges premise against hypothesis; "both" averages that with the turned order, which a symmetric
question (do these two conflict?) wants and a directed one (does this follow?) does not. The EQUATE sets were in neither
training nor any choice; the others were looked at while the mix of sources was set, and chose the quantisation.

| set | n | {heads} |
| --- | ---: | {rules} |
{scores}

## Data

| source | pairs | what | licence |
| --- | ---: | --- | --- |
{data}

No pair of a development set is in training (exact match is removed); nothing labelled for this project's own
evaluation is.

## What was tried

| what | pairs seen | xnli | vitaminc | lingnli | note |
| --- | ---: | ---: | ---: | ---: | --- |
{tried}

## The run

{run}
"""


def write_card(target: Path, work: Path, *, start_sha256: str) -> None:
    """`card.md` beside the model, from its scores, the run's log and the table of what was tried."""
    facts = json.loads((target / "model.json").read_text(encoding="utf-8"))
    log = list(read_records(work / "curve.jsonl"))
    uncovered = [s for row in log for s in row.get("sources", ()) if not any(map(s.startswith, (d[0] for d in DATA)))]
    if uncovered:
        raise SystemExit(f"nli_card.py: DATA tells nothing of {', '.join(sorted(set(uncovered)))}; add a row for each")
    scores, last = facts["scores"], [row for row in log if "recipe" in row][-1]
    sets = list(scores["float32"])
    tried = (Path(__file__).with_name("nli_tried.tsv")).read_text(encoding="utf-8").splitlines()[1:]
    (target / "card.md").write_text(
        CARD.format(
            left_heads=sum(map(len, facts["shape"][0])),
            left_neurons=sum(facts["shape"][1]),
            max_length=facts["max_length"],
            start=start_sha256,
            weights=facts["weights_sha256"],
            variant=facts["variant"],
            files="\n".join(f"| {n} | {f['bytes']:,} | `{f['sha256']}` |" for n, f in facts["files"].items()),
            heads=" | ".join(f"{name}, {order}" for name in scores for order in ("one", "both")),
            rules=" | ".join("---:" for _ in scores for _ in "12"),
            scores="\n".join(
                f"| {s} | {scores['float32'][s]['n']} | "
                + " | ".join(f"{rows[s][order]:.4f}" for rows in scores.values() for order in ("one", "both"))
                + " |"
                for s in sets
            ),
            data="\n".join(
                f"| {name} | {_count(last['sources'], name):,} | {what} | {licence} |" for name, what, licence in DATA
            ),
            tried="\n".join("| " + " | ".join(row.split("\t")) + " |" for row in tried),
            run=_run(log),
        ),
        encoding="utf-8",
    )


def _count(sources: dict[str, int], name: str) -> int:
    """Pairs of a source, or of all sources that begin so where the name ends in an underscore."""
    return sum(
        count for source, count in sources.items() if source == name or (name.endswith("_") and source.startswith(name))
    )


def _run(log: list[dict[str, Any]]) -> str:
    """The recipe, each start with its hours, then accuracy on up to 1,000 pairs of each set as training went on."""
    starts = [row for row in log if "recipe" in row]
    pairs, rows = 0, []
    for row in log:
        pairs = row.get("pairs", pairs) if "step" in row else pairs
        if "dev" in row:
            rows.append([row["step"], f"{pairs:,}", *(f"{accuracy:.3f}" for accuracy in row["dev"].values())])
    sets = next((row["dev"] for row in log if "dev" in row), {})
    return "\n".join(
        [
            ", ".join(f"{key} {value}" for key, value in starts[-1]["recipe"].items()) + ".",
            "",
            *(
                f"Started from step {row['from_step']}: {row['recipe']['hours']} hours, {row['pairs']:,} pairs."
                for row in starts
            ),
            "",
            *(
                f"| {' | '.join(map(str, row))} |"
                for row in (["step", "pairs seen", *sets], ["---:"] * (2 + len(sets)), *rows)
            ),
        ]
    )
