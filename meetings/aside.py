"""Long work of the processor, done while the web process goes on answering others."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """The result of `work`, which touches neither the database nor the request and imports nothing.

    In a web process a greenlet that computes lets no other one run. There the work goes to a thread of its own, and
    the interpreter gives the others their turn every few milliseconds. Elsewhere it is done here and now.
    """
    gevent = sys.modules.get("gevent")
    monkey = sys.modules.get("gevent.monkey")
    if gevent is None or monkey is None or not monkey.is_module_patched("threading"):
        return work()
    result: T = gevent.get_hub().threadpool.apply(work)
    return result
