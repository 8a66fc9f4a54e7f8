"""The commands. Each module registers its own; nothing is imported before it is needed.

Results are one JSON line on stdout. A failure is one line on stderr, the code and plain words in the
user's language, and exit status 2.
"""

from supportpoint.cli.program import main

__all__ = ["main"]
