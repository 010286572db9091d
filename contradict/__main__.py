"""`python -m contradict` is `contradict`."""

import sys

from contradict.cli import main

sys.exit(main())
