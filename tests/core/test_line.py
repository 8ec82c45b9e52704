from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from helpcenter.core.line import Line


def test_who_does_the_same_thing_waits_for_the_one_before() -> None:
    line, inside, done = Line(20), Event(), []

    def second() -> None:
        with line.waited("a"):
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with line.waited("a"):
            other = pool.submit(lambda: inside.set() or second())
            assert inside.wait(20)
            done.append("first")
        other.result(20)
    assert done == ["first", "second"]


def test_who_waited_too_long_goes_on_and_leaves_the_line_to_the_one_before() -> None:
    line, went_on = Line(0.01), 0
    with line.waited("a"):
        for _ in range(2):
            with line.waited("a"):
                went_on += 1
    assert went_on == 2
