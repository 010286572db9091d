"""An archive of articles on disk, to which more are added as they come: SQLite alone, no server."""

from contradict.archive.archive import REPORT, Archive, Status, is_archive
from contradict.archive.rules import Rules

__all__ = ["REPORT", "Archive", "Rules", "Status", "is_archive"]
