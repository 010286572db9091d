"""Where the weights that travel with the package lie, and whether they are the ones expected."""

from __future__ import annotations

import hashlib
from pathlib import Path

from contradict.errors import ModelError

_PACKAGE = Path(__file__).resolve().parent
_BLOCK = 1 << 20


def model_path(name: str) -> Path:
    """The file (or folder) `name` of the bundled models: `contradict/_models` in a wheel, `models` in a checkout.

    Raises `ModelError` where it is missing.
    """
    folder = _models_folder()
    path = folder / name
    if not path.exists():
        raise ModelError(f"{path}: this model is missing; the installation is damaged, install contradict again")
    return path


def check_sha256(path: Path, expected: str) -> None:
    """Raises `ModelError` where the file at `path` does not have the SHA-256 `expected` (64 hexadecimal digits)."""
    _compare(path, sha256(path), expected)


def read_checked(path: Path, expected: str) -> bytes:
    """The bytes of a file, which are those that were checked. Raises `ModelError` as `check_sha256` does."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    _compare(path, hashlib.sha256(data).hexdigest(), expected)
    return data


def sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in blocks. Raises `ModelError` where it cannot be read."""
    state = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                state.update(block)
    except OSError as error:
        raise _unreadable(path, error) from error
    return state.hexdigest()


def _compare(path: Path, found: str, expected: str) -> None:
    if found != expected.lower():
        raise ModelError(f"{path}: not the expected weights (sha256 {found}, expected {expected}); install them again")


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"{path}: cannot be read ({error.strerror}); install contradict again")


def _models_folder() -> Path:
    installed = _PACKAGE / "_models"
    checkout = _PACKAGE.parent
    # Beside an installed package lies site-packages, where a folder `models` may be anyone's: only a checkout has both.
    if not installed.is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / "models"
    return installed
