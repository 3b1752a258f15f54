"""Long work lets a web process go on answering."""

import subprocess
import sys

from meetings.aside import aside
from meetings.settings import ROOT

# As in a worker: everything is patched, then a greenlet ticks while another one computes.
WORKER = """
from gevent import monkey
monkey.patch_all()
import sys, threading, time
import gevent
from meetings.aside import aside

def work():
    until, turns = time.perf_counter() + 0.6, 0
    while time.perf_counter() < until:
        turns += 1
    if sys.argv[1] == "fails":
        raise ValueError("it cannot be written")
    return turns

ticks = []
def tick():
    while True:
        ticks.append(time.perf_counter())
        gevent.sleep(0.005)

gevent.spawn(tick)
gevent.sleep(0.05)
ticks.clear()
try:
    (work if sys.argv[1] == "here" else lambda: aside(work))()
except ValueError as error:
    print(error)
else:
    print(len(ticks))
"""


def worker(how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WORKER, how], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_other_greenlets_have_their_turn_while_a_worker_computes() -> None:
    assert int(worker("here")) == 0
    assert int(worker("aside")) >= 10


def test_what_goes_wrong_beside_is_raised_here() -> None:
    assert worker("fails") == "it cannot be written"


def test_without_a_worker_the_work_is_done_at_once() -> None:
    assert aside(lambda: 42) == 42
