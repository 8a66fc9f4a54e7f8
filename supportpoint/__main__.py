"""`python -m supportpoint` is the command `supportpoint`."""

import sys

from supportpoint.cli import main

if __name__ == "__main__":
    sys.exit(main())
