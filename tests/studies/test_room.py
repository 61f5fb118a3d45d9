"""The engine room: parts are done once, lie on disk as a whole or not at all, and whatever dies, the answer stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from her2cli.errors import Her2Error
from her2cli.studies import room
from her2cli.studies.room import How, answered, distinct, missing

IMPORTS = "from squares import *; from her2cli.studies.room import *"
HERE = str(Path(__file__).parent)
sys.path.insert(0, HERE)  # worker processes look there, too

from squares import NUMBERS, SQUARES, always_killed, killed_once, slow, squares, work  # noqa: E402


def rows(*given, **options) -> bytes:
    return b"".join(answered(*given, **options))


def parts_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def test_equal_items_are_grouped_and_every_item_knows_its_group():
    examples, places = distinct(["a", "B", "A", "b", "c"], str.casefold)
    assert examples == ["a", "B", "c"]
    assert places == [0, 1, 0, 1, 2]


@pytest.mark.parametrize("how", [How(), How(jobs=2), How(folder="run"), How(folder="run", jobs=2)])
def test_rows_come_in_order_wherever_they_were_made(tmp_path, monkeypatch, how):
    monkeypatch.chdir(tmp_path)
    assert rows(work(), how) == SQUARES


@pytest.mark.parametrize("how", [How(), How(folder="run")])
def test_progress_hears_of_every_item_within_a_part_too(tmp_path, monkeypatch, how):
    monkeypatch.chdir(tmp_path)
    heard: list[int] = []
    rows(work(), how, told=heard.append)
    assert list(dict.fromkeys(heard)) == list(range(1 - bool(how.folder), 24))


def test_progress_hears_how_far_the_parts_of_other_processes_are(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "_EVERY", 0.01)
    heard: list[int] = []
    rows(work(slow, size=8), How(jobs=2, folder=str(tmp_path / "run")), told=heard.append)
    assert heard[0] == 0
    assert heard[-1] == 23
    assert heard == sorted(heard)
    assert set(heard) - {0, 8, 16, 23}, "nothing was heard while a part was being done"


def test_what_stops_a_pool_waits_until_nobody_holds_its_semaphores(tmp_path):
    """The thread that gave them back was cut short by the end of the process, and they were told as leaked."""
    before = set(threading.enumerate())
    begun = room._pool(work(slow), tmp_path, range(5), 2, None)
    next(begun)
    assert set(threading.enumerate()) > before
    begun.close()
    assert set(threading.enumerate()) == before


def test_a_killed_worker_loses_nothing(tmp_path):
    folder = tmp_path / "run"
    answer = partial(killed_once, str(tmp_path / "mark"))
    assert rows(work(answer), How(folder=str(folder), jobs=2)) == SQUARES
    assert (tmp_path / "mark").exists()
    plain = tmp_path / "plain"
    rows(work(), How(folder=str(plain)))
    # A process that is killed while it writes leaves its temporary file; nobody else knows that it is dead.
    kept = {name: data for name, data in parts_of(folder).items() if not name.endswith(".tmp")}
    assert kept == parts_of(plain)


def test_a_part_whose_worker_died_once_it_was_written_is_not_done_again(tmp_path, monkeypatch):
    """The first pool breaks after it has written the second part, before it can say so; the next one has the rest."""
    asked = []

    def breaks_once(work, folder, own, *_):
        asked.append(own)
        for number in own[1:] or own:
            room._write(
                folder, room._file(work, number), room._encoded(work.digest, number, squares(work.part(number)))
            )
            if len(asked) == 1:
                raise BrokenProcessPool
            yield number

    monkeypatch.setattr(room, "_pool", breaks_once)
    assert rows(work(size=12), How(folder=str(tmp_path / "run"), jobs=2)) == SQUARES
    assert asked == [[0, 1], [0]]


def test_workers_that_always_die_are_given_up_with_advice(tmp_path):
    with pytest.raises(Her2Error, match=r"died 3 times in a row with 5 of 5 parts to do.*--jobs"):
        rows(work(always_killed), How(folder=str(tmp_path / "run"), jobs=2))


def test_a_killed_process_is_resumed_to_the_same_bytes(tmp_path):
    folder, plain = tmp_path / "run", tmp_path / "plain"
    script = f"{IMPORTS}; list(answered(work(slow, size=1), How(folder={str(folder)!r})))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment)
    deadline = time.monotonic() + 30
    while len(list(folder.glob("part-*"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    left = missing(work(size=1), folder)
    assert 0 < len(left) < len(NUMBERS)
    assert rows(work(size=1), How(folder=str(folder), resume=True)) == SQUARES
    rows(work(size=1), How(folder=str(plain)))
    kept = {name: data for name, data in parts_of(folder).items() if not name.endswith(".tmp")}
    assert kept == parts_of(plain)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="tells by /proc when a worker begins")
def test_a_signal_to_all_processes_while_workers_begin_ends_them(tmp_path):
    """A worker died of it before it had read what it was sent, and who sent that waited forever."""
    script = (
        "from functools import partial; from her2cli.studies.room import How, answered;"
        "from squares import laden, work; from her2cli.cli._room import RoomOptions\n"
        "with RoomOptions().at_work(): list(answered(work(partial(laden, bytes(10**7))), How(jobs=2)))"
    )
    path = os.pathsep.join(sys.path)
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    begun = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    try:
        while "spawn_main" not in "".join(map(_line_of, begun.read_text().split())):
            assert run.poll() is None
        os.killpg(run.pid, signal.SIGTERM)
        _, said = run.communicate(timeout=30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    assert (run.returncode, said) == (143, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_signal_while_a_pool_is_made_leaves_no_semaphore():
    """The interrupt came after one was told to Python's tracker, and before it was noted how it is given back."""
    script = (
        "from multiprocessing import resource_tracker as tracker; from signal import SIGINT, raise_signal\n"
        "told = tracker.register; tracker.register = lambda *what: (told(*what), raise_signal(SIGINT))\n"
        "from her2cli.studies.room import How, answered; from squares import work\n"
        "try: list(answered(work(), How(jobs=2)))\n"
        "except KeyboardInterrupt: print('stopped')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"stopped\n", b"")


def _line_of(process: str) -> str:
    """The command line of a process, or nothing where it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def test_a_part_that_was_cut_short_is_done_again(tmp_path):
    folder = tmp_path / "run"
    rows(work(), How(folder=str(folder)))
    part = folder / "part-2-of-5.part"
    part.write_bytes(part.read_bytes()[:-20])
    assert missing(work(), folder) == [1]
    assert rows(work(), How(folder=str(folder), resume=True)) == SQUARES


def test_a_full_disk_is_told_and_leaves_no_half_part(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    real = os.fsync
    seen: list[int] = []

    def full(descriptor: int) -> None:
        seen.append(descriptor)
        if len(seen) == 4:  # the manifest and two parts fit
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Her2Error, match=r"part-3-of-5.part cannot be written: No space left on device.*--resume"):
        rows(work(), How(folder=str(folder)))
    monkeypatch.undo()
    assert sorted(each.name for each in folder.iterdir()) == ["part-1-of-5.part", "part-2-of-5.part", "study.json"]
    assert rows(work(), How(folder=str(folder), resume=True)) == SQUARES


def test_a_folder_is_not_taken_over_by_another_study(tmp_path):
    folder = How(folder=str(tmp_path / "run"))
    rows(work(seed=1), folder)
    before = parts_of(tmp_path / "run")
    with pytest.raises(Her2Error, match=r"another study: it differs in seed"):
        rows(work(seed=2), How(folder=folder.folder, resume=True))
    with pytest.raises(Her2Error, match=r"has 5 of 5 parts of this study; --resume"):
        rows(work(seed=1), folder)
    assert parts_of(tmp_path / "run") == before


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    for name in ("thesis.txt", "zebra.txt", "u.txt"):
        (tmp_path / name).write_text("mine")
    with pytest.raises(Her2Error, match=r"holds other files \(thesis.txt\)"):
        rows(work(), How(folder=str(tmp_path)))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["thesis.txt", "u.txt", "zebra.txt"]


def test_two_runs_into_one_folder_end_with_the_same_parts_once(tmp_path):
    folder, plain = tmp_path / "run", tmp_path / "plain"
    script = (
        f"{IMPORTS}; print(b''.join(answered(work(slow, size=2), How(folder={str(folder)!r}, resume=True))) == SQUARES)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    both = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0] for process in both] == ["True\n", "True\n"]
    rows(work(size=2), How(folder=str(plain)))
    assert parts_of(folder) == parts_of(plain)


def test_shares_of_the_parts_are_done_apart_and_merged(tmp_path):
    folder = str(tmp_path / "run")
    assert rows(work(), How(folder=folder, share=(2, 2))) == b""
    with pytest.raises(Her2Error, match=r"3 of 5 parts are missing \(1, 3, 5\)"):
        rows(work(), How(folder=folder, merge=True))
    assert rows(work(), How(folder=folder, share=(1, 2))) == SQUARES
    assert rows(work(always_killed), How(folder=folder, merge=True)) == SQUARES


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (How(resume=True), "--resume needs --folder"),
        (How(merge=True), "--merge needs --folder"),
        (How(share=(1, 2)), "--part 1/2 needs --folder"),
        (How(share=(3, 2), folder="run"), "--part 3/2"),
        (How(jobs=-1), "--jobs -1"),
        (How(merge=True, folder="nowhere"), "nowhere holds no study"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, monkeypatch, how, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Her2Error, match=said):
        rows(work(), how)
    assert list(tmp_path.iterdir()) == []


def test_a_part_tells_its_study_and_the_digest_of_its_answer(tmp_path):
    rows(work(), How(folder=str(tmp_path / "run")))
    head, answer = (tmp_path / "run" / "part-5-of-5.part").read_bytes().split(b"\n", 1)
    assert answer == b"20 400\n21 441\n22 484\n"
    assert json.loads(head)["part"] == 5
    assert json.loads(head)["sha256"] == sha256(answer).hexdigest()


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:-2] + b"7\n", lambda data: b""])
def test_a_part_that_is_harmed_is_done_again(tmp_path, harm):
    folder = tmp_path / "run"
    rows(work(), How(folder=str(folder)))
    part = folder / "part-3-of-5.part"
    whole = part.read_bytes()
    part.write_bytes(harm(whole))
    assert missing(work(), folder) == [2]
    assert rows(work(), How(folder=str(folder), resume=True)) == SQUARES
    assert part.read_bytes() == whole


def test_dask_gives_the_same_bytes(tmp_path):
    distributed = pytest.importorskip("distributed")
    folder, plain = tmp_path / "run", tmp_path / "plain"
    rows(work(), How(folder=str(plain)))
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        assert rows(work(), How(folder=str(folder), dask=cluster.scheduler_address)) == SQUARES
    assert parts_of(folder) == parts_of(plain)


def test_a_lost_scheduler_keeps_what_was_done(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(room, "PATIENCE", "1s")
    with pytest.raises(Her2Error, match=r"Dask at tcp://127.0.0.1:9.*--resume"):
        rows(work(), How(folder=str(tmp_path / "run"), dask="tcp://127.0.0.1:9"))
    assert rows(work(), How(folder=str(tmp_path / "run"), resume=True)) == SQUARES


def test_a_scheduler_that_dies_in_the_run_loses_nothing(tmp_path):
    pytest.importorskip("distributed")
    folder, plain = tmp_path / "run", tmp_path / "plain"
    cluster = (
        "import sys, time; from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    one = dict(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None)\n"
        "    made = LocalCluster(**one, protocol='tcp', host='127.0.0.1')\n"
        "    print(made.scheduler_address, flush=True)\n"
        "    time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", cluster], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()

        def killed(done: int) -> None:
            if done >= 3 and process.poll() is None:
                process.kill()
                process.wait()

        with pytest.raises(Her2Error, match=r"Dask at .*\(\d+ of 23 parts were done.*--resume"):
            list(answered(work(slow, size=1), How(folder=str(folder), dask=address), told=killed))
    finally:
        process.kill()
        process.wait()
    assert 0 < len(missing(work(size=1), folder)) <= 20
    assert rows(work(size=1), How(folder=str(folder), resume=True)) == SQUARES
    rows(work(size=1), How(folder=str(plain)))
    assert parts_of(folder) == parts_of(plain)


def test_the_order_in_which_the_identity_is_told_makes_no_other_study():
    one, two = (replace(work(), identity=dict(pairs)) for pairs in ((("a", 1), ("b", 2)), (("b", 2), ("a", 1))))
    assert one.digest == two.digest
    assert one.digest != replace(work(), identity={"a": 2, "b": 1}).digest


def test_one_job_is_done_in_this_process():
    def here(items, told):
        return b"%d\n" % os.getpid()

    assert set(rows(replace(work(), answer=here, size=2), How(jobs=1)).split()) == {b"%d" % os.getpid()}


def test_several_jobs_are_given_to_a_pool_of_as_many_where_there_is_more_than_one_part(monkeypatch):
    asked = []

    def pool(what, folder, own, jobs, counted):
        asked.append((jobs, len(own)))
        for number in own:
            found = what.answer(what.part(number))
            room._write(folder, room._file(what, number), room._encoded(what.digest, number, found))

    monkeypatch.setattr(room, "_in_pool", pool)
    assert rows(work(), How(jobs=2)) == SQUARES
    assert rows(replace(work(), size=len(NUMBERS)), How(jobs=2)) == SQUARES
    assert asked == [(2, work().parts)]


def test_where_nobody_says_how_many_processors_there_are_one_is_used(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert room.processors() == 1


@pytest.mark.parametrize("before", [0, 2])
def test_a_dask_that_goes_away_is_told_with_how_many_parts_were_done(monkeypatch, tmp_path, before):
    class Client:
        def __init__(self, *_, **__): ...

        def __enter__(self):
            return self

        def __exit__(self, *_): ...

        def scatter(self, answer, **_):
            return answer

        def submit(self, ask, answer, items, **_):
            return partial(ask, answer, items)

    def as_completed(futures):
        for future in list(futures)[:before]:
            future.__dict__["result"] = future
            yield future
        raise RuntimeError("the scheduler is gone")

    fake = SimpleNamespace(Client=Client, as_completed=as_completed)
    monkeypatch.setattr(room, "import_module", lambda name: fake)
    counted = []
    with pytest.raises(Her2Error, match=rf"the scheduler is gone \({before} of 3 parts were done"):
        room._on_dask(work(), tmp_path, [0, 1, 2], "local", counted.append)
    assert counted == list(range(before))
