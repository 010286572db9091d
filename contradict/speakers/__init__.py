"""Who is said to state something in a sentence, through whom, and whether two speakers are on one side."""

from contradict.speakers.attributions import read_speaker, read_speakers
from contradict.speakers.names import canonical_speaker, same_speaker

__all__ = ["canonical_speaker", "read_speaker", "read_speakers", "same_speaker"]
