"""What an archive compares and keeps, fixed when it is made."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from contradict.types import LISTED, Relation, TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an archive compares, fixed when it is made: `within` one document, too; how many `neighbours` a claim keeps;
    `all_relations`, agreements and unrelated pairs as well; by which `encoder`, None for the bundled one; documents
    published `since` and `until` (ordinals)."""

    within: bool = False
    neighbours: int = 20
    all_relations: bool = False
    encoder: str | None = None
    since: int | None = None
    until: int | None = None

    @property
    def keep(self) -> frozenset[Relation]:
        return frozenset(Relation) if self.all_relations else LISTED

    def outside(self, published: TimeSpan | None) -> str:
        """ "before" or "after" and the day, for what was published outside the period, else nothing; what is undated
        is in it."""
        if published is None:
            return ""
        if self.since is not None and published.end.toordinal() < self.since:
            return f"before {_iso(self.since)}"
        if self.until is not None and published.start.toordinal() > self.until:
            return f"after {_iso(self.until)}"
        return ""


RULES = tuple(field.name for field in fields(Rules))


def rule_words(name: str, value: object) -> str:
    """A rule of an archive as options name it."""
    match name, value:
        case "within", _:
            return "--within" if value else "--no-within"
        case "all_relations", _:
            return "--all" if value else "contradictions and updates only, without --all"
        case "encoder", None:
            return "the bundled encoder"
        case "encoder", _:
            return f"--encoder {value}"
        case "neighbours", _:
            return f"neighbours = {value}"
        case _, int():
            return f"--{name} {_iso(value)}"
        case _:
            return f"no --{name}"


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
