"""`her2` and `python -m her2cli`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code; an interrupt, even of the imports, exits with 130."""
    gc.set_threshold(200_000)  # a command is short: by default its imports alone are searched for garbage 100 times
    try:
        from her2cli.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
