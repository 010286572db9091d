"""What can go wrong, as one tree; only the command line turns these into a message and an exit status.

ContradictError
├── InputError     something given cannot be read or is not of the expected form
├── SettingError   an option or a configuration value that cannot be used
├── ModelError     a model is missing, damaged or not the one expected
└── ArchiveError   an archive is damaged, of a newer version, full, or made otherwise
    └── ArchiveHeld    another process writes to it
"""


class ContradictError(Exception):
    """The base of all errors that a user can mend; its message says what, where and what to do."""


class InputError(ContradictError):
    """Something given cannot be read or is not of the expected form."""


class SettingError(ContradictError):
    """An option or a configuration value that cannot be used."""


class ModelError(ContradictError):
    """A model is missing, damaged or not the one expected."""


class ArchiveError(ContradictError):
    """An archive is damaged, of a newer version, full, or made with other rules than are wanted."""


class ArchiveHeld(ArchiveError):
    """Another process writes to an archive."""
