"""Decisions on findings: their log, their present state, and the application to make them in."""

from contradict.review.desk import Desk
from contradict.review.records import Change, Choice, Decision, Mark, read_change, read_decision
from contradict.review.state import Present, Standing, Status, present
from contradict.review.store import Store, View

__all__ = [
    "Change",
    "Choice",
    "Decision",
    "Desk",
    "Mark",
    "Present",
    "Standing",
    "Status",
    "Store",
    "View",
    "present",
    "read_change",
    "read_decision",
]
