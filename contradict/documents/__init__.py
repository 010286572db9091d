"""Reading a collection: one reader per format, publication dates, outlets, page furniture, copies and versions."""

from contradict.documents.collection import read_collection
from contradict.documents.dates import parse_date
from contradict.documents.reading import document_from_text
from contradict.documents.records import Fields

__all__ = ["Fields", "document_from_text", "parse_date", "read_collection"]
