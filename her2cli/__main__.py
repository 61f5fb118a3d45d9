"""`her2` and `python -m her2cli`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code; an interrupt, even of the imports, exits with 130."""
    try:
        gc.set_threshold(200_000)  # a command is short: by default its imports alone are searched for garbage 100 times
        from her2cli.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        code = end.code
    if sys.getprofile() or sys.gettrace():
        sys.exit(code)
    _leave(code)


def _leave(code: int) -> None:
    """End the process as it is: to take all objects of a large network apart takes a tenth of the whole time.

    The semaphores of a pool of processes are given back first: of what is left of them the system would complain.
    """
    if (pools := sys.modules.get("multiprocessing.util")) is not None:
        pools._run_finalizers(0)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:  # what is wrong with it was told when it was written to
            pass
    os._exit(code)


if __name__ == "__main__":
    main()
