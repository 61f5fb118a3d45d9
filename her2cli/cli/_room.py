"""The options of studies that need many runs: processes, folders of parts, clusters."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from typing import Annotated, Any

from her2cli.cli._errors import remark
from her2cli.cli._parameters import Option, Options
from her2cli.errors import Her2Error, shown
from her2cli.studies.room import How


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOptions(Options):
    """Where and how the work of a study is done. None of it changes the answer."""

    jobs: Annotated[
        int | None, Option("--jobs", "-j", metavar="N", min=1, help="Processes for large studies; one a processor.")
    ] = None
    folder: Annotated[
        str | None, Option("--folder", metavar="DIR", help="Keep what is done there, so that it can be resumed.")
    ] = None
    resume: Annotated[bool, Option("--resume", help="Go on with what the folder has of the same study.")] = False
    part: Annotated[
        str | None, Option("--part", metavar="I/N", help="Do this share of the parts only, for job arrays.")
    ] = None
    merge: Annotated[bool, Option("--merge", help="Run nothing; put together what the folder has.")] = False
    dask: Annotated[
        str | None, Option("--dask", metavar="ADDRESS|local", help="Run on a Dask cluster (extra 'scale').")
    ] = None

    @property
    def how(self) -> How:
        """The options as the engine room takes them. Raises `Her2Error` for a share that is none."""
        share = (1, 1)
        if self.part is not None:
            first, slash, count = self.part.partition("/")
            if not (slash and _counted(first) and _counted(count)):
                raise Her2Error(f"--part {shown(self.part, 20)}: write which share of how many, such as 1/8.")
            share = int(first), int(count)
        return How(
            jobs=self.jobs or 0,
            dask=self.dask or "",
            folder=self.folder or "",
            resume=self.resume,
            share=share,
            merge=self.merge,
        )

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Answer an interrupt by what is kept, and SIGTERM as an interrupt, so that processes and their files end, too.

        SIGTERM is left to whoever has an answer to it already.
        """
        terminated = False

        def interrupt(*_: Any) -> None:
            nonlocal terminated
            terminated = True
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # `timeout` sends two, and once is enough
            raise KeyboardInterrupt

        usual = current_thread() is main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        if usual:
            signal.signal(signal.SIGTERM, interrupt)
        try:
            yield
        except KeyboardInterrupt:
            if self.folder:
                remark(f"her2: stopped; {shown(self.folder, 200)} keeps the parts that are done: --resume goes on.")
            if terminated:
                raise SystemExit(143) from None  # what a shell reports for it
            raise
        finally:
            if usual:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def tell_share(self) -> None:
        """Say that a share is done, and what puts all of them together."""
        remark(f"her2: the share {self.part} of the parts is done; when all are, ask the same with --merge.")


def _counted(text: str) -> bool:
    """Whether *text* is a number of parts, which is no more than a billion."""
    return text.isascii() and text.isdigit() and len(text) < 10
