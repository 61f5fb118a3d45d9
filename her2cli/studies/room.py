"""The engine room of the studies that need many runs: what is distinct is cut into parts, and each part is done once.

A study (`screen`, `cohort` and others) enumerates what it asks, drops what is equal (`distinct`), and gives the rest
to `answered` as `Work`, which runs it in this process, in a pool of processes, or on a Dask cluster. A *part* is the
unit of work and of resuming. In a folder each part is a file that is written under a temporary name and then renamed,
so that a part is there as a whole or not at all: whatever dies, a study goes on with the parts that are missing, and
its answer is the same, byte for byte, however it was cut among processes and machines.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias, TypeVar

from her2cli.errors import Her2Error, MissingExtra, shown

Share: TypeAlias = Callable[[float], None]  # which share of a part is done
Answer: TypeAlias = Callable[[Sequence[Any], Share | None], bytes]
Told: TypeAlias = Callable[[int], None]  # how many items are done

MANIFEST = "study.json"
TEMPORARY = ".tmp"
PATIENCE = "20s"  # for a Dask scheduler to answer
DEATHS = 3  # workers that may die one after the other without a part being done
_EVERY = 0.3  # seconds between two looks at how far a part is
_PARTING = 2.0  # seconds to wait for a pool that is stopped: what it still sends may fill a pipe that nobody reads

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Work:
    """The distinct items of a study, what answers them, and into how large parts they are cut.

    `answer` gives the bytes that are the answer for the items that it is given, the same for the same items; it may
    say which share of them is done. It is sent to other processes, so it is a function of a module, or a
    `functools.partial` of one. `identity` is all that the answer depends on beside the items, as JSON holds it.
    """

    study: str
    answer: Answer
    items: Sequence[Any]
    size: int
    identity: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parts(self) -> int:
        """Into how many parts the items are cut."""
        return -(-len(self.items) // self.size)

    def part(self, number: int) -> Sequence[Any]:
        """The items of a part, counted from 0."""
        return self.items[number * self.size : (number + 1) * self.size]

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What tells this study from another one in the same folder."""
        what: dict[str, Any] = {"study": self.study, "parts": self.parts, "items": len(self.items)}
        if not isinstance(self.items, range):  # whose numbers say nothing; the identity says what they are of
            digest = sha256()
            for item in self.items:
                digest.update(repr(item).encode("utf-8", "backslashreplace") + b"\n")
            what["items_sha256"] = digest.hexdigest()
        plain: dict[str, Any] = json.loads(json.dumps({**what, **self.identity}))  # as it is read back
        return plain

    @cached_property
    def digest(self) -> str:
        """The manifest in 64 characters."""
        return sha256(json.dumps(self.manifest, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """Where and how work is done; it changes no answer."""

    jobs: int = 1  # processes; 0 for one a processor
    dask: str = ""  # the address of a scheduler, or "local"
    folder: str = ""  # where the parts are kept; none are where it is empty
    resume: bool = False  # go on with what a folder has of the same study
    share: tuple[int, int] = (1, 1)  # (i, n): do every n-th part only, from the i-th on
    merge: bool = False  # do nothing more, only read the parts that are there


def distinct(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> tuple[list[_Item], list[int]]:
    """The first item of each *key*, and for every item the number of that one: group first, run once, join back."""
    numbers: dict[_Key, int] = {}
    examples: list[_Item] = []
    places: list[int] = []
    for item in items:
        number = numbers.setdefault(key(item), len(examples))
        if number == len(examples):
            examples.append(item)
        places.append(number)
    return examples, places


def answered(work: Work, how: How | None = None, *, told: Told | None = None) -> Iterator[bytes]:
    """The answers of *work*, part by part and in order. *told* hears how many items are done.

    With a share of the parts (`How.share`) these are done, and nothing is yielded where others are still missing.

    Raises `Her2Error` where a folder holds another study, cannot be written, or workers keep dying; what was done by
    then stays in the folder. Raises `MissingExtra` where Dask is asked for and is not installed.
    """
    how = how or How()
    _check(how)
    if not how.folder and not how.dask and (how.jobs == 1 or work.parts < 2):
        yield from _here(work, told)
    elif how.folder:
        yield from _kept(work, how, Path(how.folder), told)
    else:
        with TemporaryDirectory(prefix="her2-") as folder:
            yield from _kept(work, how, Path(folder), told)


def missing(work: Work, folder: str | os.PathLike[str]) -> list[int]:
    """The parts of *work* that are not in *folder*, or not whole."""
    return [number for number in range(work.parts) if _read(work, Path(folder), number) is None]


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not everywhere
        return os.cpu_count() or 1


def _check(how: How) -> None:
    first, count = how.share
    if not 1 <= first <= count:
        many = max(first, count)
        raise Her2Error(
            f"--part {first}/{count}: there is no share {first} of {count}; the shares of {many} are 1/{many} to "
            f"{many}/{many}."
        )
    if (how.resume or how.merge or count > 1) and not how.folder:
        asked = "--resume" if how.resume else "--merge" if how.merge else f"--part {first}/{count}"
        raise Her2Error(f"{asked} needs --folder: where the parts are.")
    if how.jobs < 0:
        raise Her2Error(f"--jobs {how.jobs}: a number of processes, or 0 for one a processor.")


def _here(work: Work, told: Told | None) -> Iterator[bytes]:
    done = 0
    for number in range(work.parts):
        items = work.part(number)
        yield work.answer(items, _share(told, done, len(items)))
        done += len(items)
        if told:
            told(done)


def _beyond(told: Told | None, done: int) -> Told | None:
    """What tells *told* of items beyond the *done*."""
    return (lambda more: told(done + more)) if told else None


def _share(told: Told | None, done: int, more: int) -> Share | None:
    return (lambda share: told(done + int(more * share))) if told else None


# --- parts on disk -------------------------------------------------------------------------------------------------


def _kept(work: Work, how: How, folder: Path, told: Told | None) -> Iterator[bytes]:
    if not how.merge:
        _claim(work, how, folder)
    elif not _manifest_of(folder):
        raise Her2Error(f"{shown(str(folder), 200)} holds no study to merge.")
    else:
        _same(work, folder)
    wanted = [] if how.merge else missing(work, folder)
    first, count = how.share
    own = [number for number in wanted if number % count == first - 1]
    done = len(work.items) - sum(len(work.part(number)) for number in wanted)

    def counted(number: int) -> None:
        nonlocal done
        done += len(work.part(number))
        if told:
            told(done)

    jobs = min(how.jobs or processors(), len(own))
    if told and own:
        told(done)  # from where the rate counts
    if how.dask and own:
        _on_dask(work, folder, own, how.dask, counted)
    elif jobs > 1:
        _in_pool(work, folder, own, jobs, _beyond(told, done))
    else:
        for number in own:
            items = work.part(number)
            found = work.answer(items, _share(told, done, len(items)))
            _write(folder, _file(work, number), _encoded(work.digest, number, found))
            counted(number)
    left = missing(work, folder)
    if left and count > 1:
        return
    if left:
        listed = ", ".join(str(number + 1) for number in left[:5]) + (" ..." if len(left) > 5 else "")
        raise Her2Error(
            f"{shown(str(folder), 200)}: {len(left)} of {work.parts} parts are missing ({listed}); "
            "run without --merge and with --resume to do them."
        )
    for number in range(work.parts):
        found_part = _read(work, folder, number)
        assert found_part is not None, "a part was whole a moment ago"
        yield found_part


def _claim(work: Work, how: How, folder: Path) -> None:
    """Make *folder* the folder of this study. Raises `Her2Error` where it is another's, or nobody said to go on."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Her2Error(f"{shown(str(folder), 200)} cannot be made: {error.strerror}.") from None
    if not _manifest_of(folder):
        others = [each.name for each in folder.iterdir() if not each.name.endswith(TEMPORARY)]
        if others and MANIFEST not in others:
            raise Her2Error(f"{shown(str(folder), 200)} holds other files ({shown(min(others))}); name a new folder.")
        text = json.dumps(work.manifest, indent=2, sort_keys=True) + "\n"
        _write(folder, MANIFEST, text.encode(), first=True)
        if _manifest_of(folder) == work.manifest:
            return
    _same(work, folder)
    there = work.parts - len(missing(work, folder))
    if not how.resume and how.share == (1, 1):
        raise Her2Error(
            f"{shown(str(folder), 200)} has {there} of {work.parts} parts of this study; --resume goes on with them, "
            "if no other run is at work there."
        )


def _same(work: Work, folder: Path) -> None:
    found = _manifest_of(folder) or {}
    apart = sorted(name for name in {*found, *work.manifest} if found.get(name) != work.manifest.get(name))
    if apart:
        raise Her2Error(
            f"{shown(str(folder), 200)} is the folder of another study: it differs in {', '.join(apart)}. "
            "Name a new folder, or ask the same again."
        )


def _manifest_of(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _file(work: Work, number: int) -> str:
    return f"part-{number + 1:0{len(str(work.parts))}d}-of-{work.parts}.part"


def _encoded(digest: str, number: int, answer: bytes) -> bytes:
    """A part: a line of JSON that says of which study it is and what its answer's digest is, and the answer."""
    head = {"study": digest, "part": number + 1, "sha256": sha256(answer).hexdigest()}
    return json.dumps(head).encode() + b"\n" + answer


def _read(work: Work, folder: Path, number: int) -> bytes | None:
    """The answer of a part; None where it is not there, is another study's, or was cut short."""
    try:
        data = (folder / _file(work, number)).read_bytes()
    except OSError:
        return None
    answer = data[data.find(b"\n") + 1 :]
    return answer if data == _encoded(work.digest, number, answer) else None


def _write(folder: Path, name: str, data: bytes, *, first: bool = False) -> None:
    """Write a file that is there as a whole or not at all. With *first* one that is there already stays as it is."""
    import uuid

    temporary = folder / f".{name}.{uuid.uuid4().hex}{TEMPORARY}"
    try:
        try:
            with open(temporary, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())  # a rename that outlives its content would be a part that is not whole
            if first:
                with suppress(FileExistsError):
                    os.link(temporary, folder / name)
            else:
                os.replace(temporary, folder / name)
        finally:
            with suppress(OSError):
                os.unlink(temporary)
    except OSError as error:
        raise Her2Error(
            f"{shown(str(folder / name), 200)} cannot be written: {error.strerror}. "
            "What is done so far is kept; --resume goes on with it."
        ) from None


# --- many processes, many machines ---------------------------------------------------------------------------------

_worker: dict[str, Any] = {}  # what a worker of the pool was started with


def _start(answer: Answer, folder: Path, digest: str, done: Any) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to answer
    _mask("SIG_UNBLOCK", signal.SIGTERM)
    _worker.update(answer=answer, folder=folder, digest=digest, done=done)


def _do(number: int, name: str, items: Sequence[Any], place: int) -> None:
    done = _worker["done"]

    def told(share: float) -> None:
        done[place] = int(len(items) * share)

    found = _worker["answer"](items, told)
    _write(_worker["folder"], name, _encoded(_worker["digest"], number, found))


def _in_pool(work: Work, folder: Path, own: Sequence[int], jobs: int, told: Told | None) -> None:
    """Do the parts *own* in *jobs* processes. Where one of them dies, the pool is made anew for what is left."""
    from concurrent.futures.process import BrokenProcessPool

    left = dict.fromkeys(own)
    deaths = 0
    while left:
        before = len(left)
        done = sum(len(work.part(number)) for number in own if number not in left)
        try:
            for number in _pool(work, folder, list(left), min(jobs, len(left)), _beyond(told, done)):
                del left[number]
        except BrokenProcessPool:
            for number in [number for number in left if _read(work, folder, number) is not None]:
                del left[number]  # it was written, and its worker died before it could say so
            deaths = deaths + 1 if len(left) == before else 0
            if deaths == DEATHS:
                raise Her2Error(
                    f"Worker processes died {DEATHS} times in a row with {len(left)} of {work.parts} parts to do; "
                    "perhaps there is too little memory: try fewer --jobs, and --resume."
                ) from None


def _pool(work: Work, folder: Path, own: Sequence[int], jobs: int, within: Told | None) -> Iterator[int]:
    """Each part's number when it is written. *within* hears how many items of all are done, those at work included."""
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from multiprocessing import get_context

    # A fresh interpreter: a fork would take over locks of threads that it does not take over.
    context = get_context("spawn")
    with _whole():
        done = context.Array("q", len(own), lock=False)  # of each part how many items; only its worker writes it
        pool = ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_start, initargs=(work.answer, folder, work.digest, done)
        )
    try:
        with _whole():
            left = {
                pool.submit(_do, number, _file(work, number), work.part(number), place): (number, place)
                for place, number in enumerate(own)
            }
        while left:
            ended, _ = wait(left, timeout=_EVERY if within else None, return_when=FIRST_COMPLETED)
            for future in sorted(ended, key=lambda each: left[each]):
                number, place = left.pop(future)
                future.result()
                done[place] = len(work.part(number))
                yield number
            if within:
                within(sum(done))
    finally:
        workers = list((pool._processes or {}).values())  # there is no public way to end one that is at work
        manager: Any = pool._executor_manager_thread
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        if manager:  # it gives semaphores back: one that the end of this process cuts short in it is told as leaked
            manager.join(_PARTING)


@contextmanager
def _whole() -> Iterator[None]:
    """Keep a signal until a pool is made, or its workers: half a pool leaves semaphores, half a worker complains.

    Of an interrupt the workers never hear. Of SIGTERM, which may be sent to all processes, they hear when they have
    read what the parent sends them: it would wait forever to write that to one that has ended.
    """
    import signal
    from threading import current_thread, main_thread

    heard: list[int] = []
    usual: dict[int, Any] = {}
    if current_thread() is main_thread():
        for each in (signal.SIGINT, signal.SIGTERM):
            usual[each] = signal.signal(each, lambda number, _: heard.append(number))
    _mask("SIG_BLOCK", signal.SIGINT, signal.SIGTERM)
    try:
        yield
    finally:
        _mask("SIG_UNBLOCK", signal.SIGINT, signal.SIGTERM)
        for number, answer in usual.items():
            signal.signal(number, answer)
        if heard:
            signal.raise_signal(heard[0])


def _mask(how: str, *signals: int) -> None:
    """Block or unblock *signals* in this thread and in the processes that it starts, where the system can do that."""
    import signal

    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(getattr(signal, how), signals)


def _on_dask(work: Work, folder: Path, own: Sequence[int], address: str, counted: Callable[[int], None]) -> None:
    """Do the parts *own* on a Dask cluster. This process writes them, so the machines need no folder in common."""
    try:
        distributed: Any = import_module("dask.distributed")
    except ImportError:
        raise MissingExtra("--dask needs the extra 'scale': python3 -m pip install 'her2cli[scale]'.") from None
    options: dict[str, Any] = {"timeout": PATIENCE}
    if address == "local":
        options = {"n_workers": processors(), "threads_per_worker": 1, "dashboard_address": None}
    done = 0
    try:
        with distributed.Client(None if address == "local" else address, **options) as client:
            answer = client.scatter(work.answer, broadcast=True, hash=False)
            futures = {
                client.submit(_apply, answer, work.part(number), pure=False, retries=DEATHS): number for number in own
            }
            for future in distributed.as_completed(futures):
                number = futures[future]
                _write(folder, _file(work, number), _encoded(work.digest, number, future.result()))
                done += 1
                counted(number)
    except Her2Error:
        raise
    except Exception as error:  # Dask's own kinds are many: a lost scheduler, a lost worker, a closed connection
        raise Her2Error(
            f"Dask at {shown(address)}: {shown(str(error) or type(error).__name__, 200)} "
            f"({done} of {len(own)} parts were done; with --folder and --resume the rest can be)."
        ) from None


def _apply(answer: Answer, items: Sequence[Any]) -> bytes:
    return answer(items, None)
