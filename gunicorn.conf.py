"""How gunicorn runs Rostrum, under `rostrum serve` and under a service manager of one's own alike:

    gunicorn --config gunicorn.conf.py --bind 127.0.0.1:8000 wsgi:app

Nothing of ours is imported here: gevent must put its parts in place before anything else imports ssl, and gunicorn
lets it do so in the worker, just before that loads wsgi.py.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import gevent
from gunicorn.workers.ggevent import GeventWorker

# Each open live page of the floor is a connection; so is each browser that may soon ask for more.
worker_connections = 10_000
# A connection is an open file; many systems begin with 1024 of them, and let a process have more when it asks.
_, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))

# Longer than a reverse proxy keeps a connection that it may use again (nginx: 60 s). The default of 2 s closes it under
# the very request that comes just then, and the proxy answers 502.
keepalive = 75
# What is being answered when the server is told to stop has so long to end. Streams end at once, see below.
graceful_timeout = 3


class Worker(GeventWorker):
    """Gunicorn's own, which stops at once: open streams, and connections without a request, do not hold it up."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.without_request: set[tuple[gevent.Greenlet, gevent.Timeout]] = set()

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        """What gunicorn waits in for the next request of a connection."""
        timeout = gevent.Timeout(self.cfg.keepalive, False)
        waiting = (gevent.getcurrent(), timeout)
        self.without_request.add(waiting)
        try:
            with timeout:
                yield
        finally:
            self.without_request.discard(waiting)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: take no more, end what only waits, and finish what is being answered."""
        super().handle_exit(sig, frame)
        gevent.spawn(self.let_go)

    def let_go(self) -> None:
        """End the streams, and the wait of idle connections, as if their time were over."""
        self.wsgi.extensions["live"].close()
        for greenlet, timeout in tuple(self.without_request):
            gevent.kill(greenlet, timeout)


worker_class = Worker
# The socket for steering it from outside, in the home directory of whoever runs it, is of no use here.
control_socket_disable = True
# The application writes a line for each request itself (meetings/requests.py), without personal data.
accesslog = None
loglevel = "warning"
