"""An archive of articles on disk, to which more are added as they come: SQLite alone, no server."""

from contradict.archive.archive import Archive, Rules

__all__ = ["Archive", "Rules"]
