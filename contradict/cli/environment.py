"""What the libraries underneath are told through the environment, before any of them is imported."""

from __future__ import annotations

import os
from pathlib import Path

_QUIET = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


def prepare_environment(*models: str | None, jobs: int = 0) -> None:
    """No telemetry, no bars, and no network unless one of `models` is the name of one on a hub; what is set stays.

    A model is a name or a path, None for the bundled one. `jobs` is how many threads the numeric libraries may take, 0
    for as many as there are cores.
    """
    from_hub = any(model not in (None, "bundled") and not Path(model).exists() for model in models)
    for name, value in (_QUIET if from_hub else _QUIET | _OFFLINE).items():
        os.environ.setdefault(name, value)
    if jobs:
        os.environ.update(dict.fromkeys(_THREADS, str(jobs)))
