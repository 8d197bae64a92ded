"""Worker processes: every job is done once it can be, whatever becomes of the others."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from busplan.jobs.processes import Processes
from busplan.jobs.side_by_side import Done, Failed, side_by_side
from tests.jobs.work import (
    blocked_signals,
    die_at_first,
    die_unless,
    divide_12,
    hang,
    process_id,
    refuse_odd,
    square,
)

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("count", [1, 2])
def test_every_job_is_done(count: int) -> None:
    jobs = {str(number): number for number in range(5)}

    with Processes(count) as workers:
        outcomes = list(side_by_side(workers, square, jobs))

    assert {(done.name, done.result) for done in outcomes if isinstance(done, Done)} == {
        ("0", 0),
        ("1", 1),
        ("2", 4),
        ("3", 9),
        ("4", 16),
    }
    assert len(outcomes) == 5


def test_without_jobs_no_process_is_started() -> None:
    with Processes(2) as workers:
        assert list(side_by_side(workers, square, {})) == []


def test_a_job_that_is_refused_is_told_and_the_rest_is_done() -> None:
    with Processes(1) as workers:
        outcomes = list(side_by_side(workers, refuse_odd, {"a": 2, "b": 3, "c": 4}))

    assert outcomes == [Done("a", 2), Failed("b", "3 is odd"), Done("c", 4)]


def test_an_error_that_nobody_foresaw_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with Processes(1) as workers:
        outcomes = list(side_by_side(workers, divide_12, {"a": 0, "b": 4}))

    assert outcomes == [Failed("a", "ZeroDivisionError: division by zero"), Done("b", 3.0)]
    assert "divide_12" in caplog.text


@pytest.mark.parametrize("count", [1, 2])
def test_a_job_whose_worker_was_killed_is_done_again(tmp_path: Path, count: int) -> None:
    jobs = {name: tmp_path / name for name in ("a", "b", "c")}

    with Processes(count) as workers:
        outcomes = list(side_by_side(workers, die_at_first, jobs))

    assert sorted(outcomes, key=lambda outcome: outcome.name) == [
        Done("a", "a"),
        Done("b", "b"),
        Done("c", "c"),
    ]


def test_a_job_that_kills_its_workers_is_named_and_the_rest_is_done() -> None:
    with Processes(2) as workers:
        outcomes = list(side_by_side(workers, die_unless, {"a": "deadly", "b": "sound"}))

    assert outcomes == [
        Done("b", "sound"),
        Failed("a", "its workers end without an answer, even when it runs alone"),
    ]


def test_a_worker_killed_between_two_jobs_is_replaced() -> None:
    with Processes(1) as workers:
        outcomes = side_by_side(workers, process_id, {"a": None, "b": None})
        first = next(outcomes)
        assert isinstance(first, Done)
        os.kill(first.result, signal.SIGKILL)
        (second,) = outcomes

    assert isinstance(second, Done)
    assert second.result != first.result


def test_what_runs_when_the_end_is_asked_for_is_left_out_and_its_process_ends(
    tmp_path: Path,
) -> None:
    pid_file = tmp_path / "pid"

    with Processes(1) as workers:
        outcomes = list(
            side_by_side(workers, hang, {"a": pid_file, "b": pid_file}, pid_file.exists)
        )

    assert outcomes == []
    assert not is_running(int(pid_file.read_text("utf-8")))


def test_workers_do_not_hear_ctrl_c() -> None:
    with Processes(1) as workers:
        (outcome,) = side_by_side(workers, blocked_signals, {"a": None})

    assert isinstance(outcome, Done)
    assert signal.SIGINT in outcome.result
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


ORPHANED = """
import sys
from pathlib import Path
from busplan.jobs.processes import Processes
from busplan.jobs.side_by_side import side_by_side
from tests.jobs.work import hang

pid_file = Path(sys.argv[1])
tell = lambda: pid_file.exists() and print(pid_file.read_text("utf-8"), flush=True)
with Processes(1) as workers:
    list(side_by_side(workers, hang, {"a": pid_file}, tell))
"""


def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHANED, str(tmp_path / "pid")]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # Python tells there of semaphores that nobody closed
        text=True,
    ) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()

    ended, _, _ = select.select((worker,), (), (), PATIENCE_S)

    os.close(worker)
    assert ended
