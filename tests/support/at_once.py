"""Several people at the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable, Sequence


def all_at_once(acts: Sequence[Callable[[], object]]) -> list[Exception]:
    """Let all begin at the same moment; return what those that failed raised, in no order."""
    gate = threading.Barrier(len(acts))
    raised: list[Exception] = []

    def begin(act: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - handed to the test
            raised.append(fault)

    threads = [threading.Thread(target=begin, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised
