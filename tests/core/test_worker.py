import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpcenter.core import worker

JOBS = "tests.core.worker_jobs"


def job(name: str) -> str:
    return f"{JOBS}:{name}"


def alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def gone_within(process_id: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(process_id):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(autouse=True)
def next_call_works() -> Iterator[None]:
    """Whatever happened in a test, the worker answers afterwards."""
    yield
    assert worker.call(job("add"), 1, 2) == 3


def test_a_job_gets_its_arguments_and_its_result_comes_back() -> None:
    assert worker.call(job("add"), 1, 2, third=3) == 6


def test_a_job_runs_in_another_process_that_is_kept() -> None:
    first = worker.call(job("process_id"))
    assert first != os.getpid()
    assert worker.call(job("process_id")) == first


def test_a_job_that_takes_too_long_is_killed_and_the_next_one_gets_a_new_process() -> None:
    before = worker.call(job("process_id"))
    with pytest.raises(worker.WorkerTimedOut):
        worker.call(job("sleep"), 60, seconds=0.2)
    assert not alive(before)
    assert worker.call(job("process_id")) != before


def test_a_job_busy_in_c_code_is_killed() -> None:
    with pytest.raises(worker.WorkerTimedOut):
        worker.call(job("hang_in_c"), seconds=0.2)


def test_whoever_is_interrupted_while_waiting_leaves_no_answer_to_the_next() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(KeyboardInterrupt):
            worker.call(job("sleep"), 2, seconds=30)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert worker.call(job("echo"), "mine") == "mine"


@pytest.mark.parametrize("name", ["crash", "leave"])
def test_a_job_whose_process_ends_says_so(name: str) -> None:
    with pytest.raises(worker.WorkerDied):
        worker.call(job(name))


def test_a_process_killed_between_two_calls_is_replaced() -> None:
    os.kill(worker.call(job("process_id")), 9)
    time.sleep(0.1)
    assert worker.call(job("add"), 2, 2) == 4


def test_the_error_of_a_job_is_raised_with_the_place_where_it_happened() -> None:
    with pytest.raises(LookupError, match="no such thing") as caught:
        worker.call(job("refuse"), "no such thing")
    assert "worker_jobs.py" in "".join(caught.value.__notes__)


def test_an_error_that_cannot_travel_arrives_as_its_text() -> None:
    with pytest.raises(RuntimeError, match="7 seven"):
        worker.call(job("refuse_unusually"))


def test_endless_recursion_is_an_ordinary_error() -> None:
    before = worker.call(job("process_id"))
    with pytest.raises(RecursionError):
        worker.call(job("recurse"))
    assert worker.call(job("process_id")) == before


def test_a_job_cannot_take_all_memory() -> None:
    with pytest.raises(MemoryError):
        worker.call(job("fill_memory"))


def test_a_result_that_cannot_travel_is_an_error_of_the_job() -> None:
    with pytest.raises(Exception, match="pickle"):
        worker.call(job("unpicklable"))


@pytest.mark.parametrize("name", ["tests.core.no_such_module:x", f"{JOBS}:no_such_function"])
def test_a_job_that_does_not_exist_is_an_error(name: str) -> None:
    with pytest.raises((ImportError, AttributeError)):
        worker.call(name)


def test_importing_the_module_of_a_job_does_not_count() -> None:
    assert worker.call("tests.core.slow_import_job:ready", seconds=0.5) == "ready"


def test_what_a_job_prints_does_not_disturb_the_answers() -> None:
    assert worker.call(job("print_noise")) == "quiet"


def test_ten_megabytes_travel_both_ways() -> None:
    picture = bytes(10 << 20)
    assert worker.call(job("echo"), picture) == picture


def test_the_child_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPCENTER_SECRET_KEY", "a secret")
    with pytest.raises(worker.WorkerDied):
        worker.call(job("crash"))
    assert "a secret" not in worker.call(job("environment")).values()


def test_many_threads_each_get_their_own_answer() -> None:
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda number: worker.call(job("add"), number, number), range(200)))
    assert answers == [number * 2 for number in range(200)]


def test_a_slow_job_does_not_hold_up_the_other_child() -> None:
    slow = threading.Thread(target=worker.call, args=(job("sleep"), 1.5), kwargs={"seconds": 30})
    slow.start()
    time.sleep(0.1)
    assert worker.call(job("add"), 1, 1) == 2
    assert slow.is_alive()
    slow.join()


def test_a_forked_process_starts_a_child_of_its_own() -> None:
    mine = worker.call(job("process_id"))
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        theirs = worker.call(job("process_id"))
        os.write(writing, str(theirs).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(fork, 0)
    theirs = int(os.read(reading, 100))
    os.close(reading)
    assert theirs != mine
    assert worker.call(job("process_id")) == mine
    assert gone_within(theirs, 10)


@pytest.mark.parametrize("ending", ["pass", "os.kill(os.getpid(), 9)"])
def test_the_child_ends_with_its_parent(ending: str) -> None:
    script = (
        "import os\nfrom helpcenter.core import worker\n"
        f"print(worker.call('{JOBS}:process_id'), flush=True)\n{ending}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert gone_within(int(done.stdout), 10)


def test_a_child_whose_parent_was_killed_does_not_go_on_with_its_job() -> None:
    script = (
        "import os, threading\nfrom helpcenter.core import worker\n"
        f"print(worker.call('{JOBS}:process_id'), flush=True)\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), 9)).start()\n"
        f"worker.call('{JOBS}:sleep', 600, seconds=1.0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert gone_within(int(done.stdout), 10)
