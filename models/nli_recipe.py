"""Everything that shapes a training run of the entailment judge or its teacher: draws of each source, and numbers."""

from __future__ import annotations

from dataclasses import dataclass

NAMES = ("entailment", "neutral", "contradiction")
DEV_SETS = ("xnli_en_validation", "vitaminc_pages", "lingnli_val", "conjnli_dev")  # the EQUATE sets choose nothing

# Draws per pair, relative, at the start and at the end of training: noisy sources fade out.
SOURCES = {
    "lingnli": (4.0, 4.0),
    "vitaminc_real": (28.0, 28.0),
    "compared": (4.0, 4.0),
    "compared_news": (2.0, 2.0),
    "taxinli": (8.0, 8.0),
    "snli_dev": (1.0, 0.8),
    "cad_nli": (0.8, 0.6),
    "conjnli": (0.5, 0.3),
    "healthver": (1.0, 0.7),
    "climate_fever": (0.3, 0.05),
    "vitaminc_synthetic": (1.0, 0.6),
    "turned": (0.5, 0.4),
    "news_number": (0.3, 0.4),
    "news_unit": (0.3, 0.4),
    "news_date": (0.3, 0.4),
    "news_place": (0.3, 0.3),
    "news_person": (0.25, 0.25),
    "news_negation": (0.2, 0.2),
    "news_opposite": (0.2, 0.2),
    "news_reworded": (0.25, 0.25),
    "news_shortened": (0.25, 0.2),
    "news_longer": (0.2, 0.2),
    "news_neighbours": (0.3, 0.3),
    "news_strangers": (0.1, 0.1),
    "news_same_event": (0.5, 0.5),
    "news_mined": (4.0, 4.0),
    "reprinted": (2.5, 2.5),
    "reprint_altered": (3.0, 3.0),
    "read_conflict": (20.0, 30.0),
    "read_none": (6.0, 9.0),
    "rewrites": (1.0, 1.0),
    "crossed": (1.0, 1.0),
    "near_misses": (1.0, 1.2),
    "retold": (4.0, 5.0),
    "contrasts": (4.0, 4.0),
    "premises": (8.0, 10.0),
    "asked": (3.0, 3.0),
    "reversed": (0.3, 0.3),
}

# Sources whose labels come from whoever wrote or read the pair, and are surer than what the teacher says.
KNOWN = frozenset(("near_misses", "read_conflict", "retold", "contrasts", "premises"))


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a run, with the numbers of the judge; written into the log and the checkpoint."""

    start: str = "narrow"  # the judge, cut from its teacher, which starts from "mpnet"
    frozen_layers: int = 2  # lowest layers that stay as they are
    told_share: float = 0.4  # of the loss, where the teacher's answer is known: to be as sure as the teacher is
    hours: float = 2.0
    seed: int = 7
    news_articles: int = 6000
    reprint_articles: int = 40_000
    max_length: int = 96
    chunk_pairs: int = 4096
    batch_tokens: int = 4096
    batch_pairs: int = 128
    learning_rate: float = 6e-5
    layer_decay: float = 0.95
    warmup: float = 0.03
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    dropout: float = 0.1
    turned_share: float = 0.12
    average_decay: float = 0.995


JUDGE = Recipe()
TEACHER = Recipe(
    start="mpnet",
    frozen_layers=3,
    told_share=0.0,
    chunk_pairs=1024,
    batch_tokens=2048,
    batch_pairs=64,
    learning_rate=5e-5,
    layer_decay=0.92,
    warmup=0.05,
)
