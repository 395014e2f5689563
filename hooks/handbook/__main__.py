"""`python -m handbook`."""

import sys

from handbook.commands.cli import main

sys.exit(main())
