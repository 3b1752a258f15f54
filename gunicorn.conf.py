"""How gunicorn runs Rostrum, under `rostrum serve` and under a service manager of one's own alike:

    gunicorn --config gunicorn.conf.py --bind 127.0.0.1:8000 wsgi:app

Nothing of ours is imported here: gevent must put its parts in place before anything else imports ssl, and gunicorn
lets it do so in the worker, just before that loads wsgi.py.
"""

import gc
import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import gevent
from gevent import socket
from gevent.pool import Pool
from gunicorn import util
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
# Nobody asks which greenlet began which, and to remember it takes memory for each.
gevent.config.track_greenlet_tree = False

_HANDED_OVER = object()


class Worker(GeventWorker):
    """Gunicorn's own, but open streams take little memory, and it stops at once.

    A greenlet keeps what it once took until its end: CPython's frames come in blocks of 16 KB, and the request with its
    parser is held by what waits. So a stream goes on in a greenlet that has done nothing else: 9 KB each, not 18.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.without_request: set[tuple[gevent.Greenlet, gevent.Timeout]] = set()
        self.streams = Pool(self.worker_connections)

    def load_wsgi(self) -> None:
        """Put between gunicorn and the application what hands streams over."""
        super().load_wsgi()
        self.application, self.wsgi = self.wsgi, self.answer

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The application's answer, or that it is a stream which goes on elsewhere."""
        body = self.application(environ, start_response)
        response, client = start_response.__self__, environ["gunicorn.socket"]
        is_stream = environ["REQUEST_METHOD"] == "GET" and any(
            name.lower() == "content-type" and value.startswith("text/event-stream") for name, value in response.headers
        )
        if not is_stream or type(client) is not socket.socket or self.streams.full():  # nor where gunicorn does TLS
            return body
        try:
            response.force_close()
            response.send_headers()
        except OSError:
            body.close()
            raise
        taken = socket.socket(client.family, client.type, client.proto, client.detach())
        self.streams.spawn(self.send, taken, body, response.chunked)
        return _HANDED_OVER

    def is_already_handled(self, body: object) -> bool:
        """Gunicorn's way to end a connection without a word: its socket is another's now."""
        if body is _HANDED_OVER:
            raise StopIteration
        return super().is_already_handled(body)

    def send(self, client: socket.socket, body: Iterator[bytes], chunked: bool) -> None:
        """Send a stream until it ends or nobody receives it."""
        try:
            for part in body:
                util.write(client, part, chunked)
            if chunked:
                util.write_chunk(client, b"")
        except OSError:
            pass  # gone
        except Exception:
            self.log.exception("a stream broke off")
        finally:
            body.close()
            util.close(client)

    def run(self) -> None:
        """Serve until told to stop, then wait for the streams, which let_go() ends."""
        super().run()
        self.streams.join(self.cfg.graceful_timeout)

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
        for hub in ("live", "live-notes"):
            self.application.extensions[hub].close()
        for greenlet, timeout in tuple(self.without_request):
            gevent.kill(greenlet, timeout)


worker_class = Worker


def post_worker_init(worker: Worker) -> None:
    """What is loaded by now stays for good: the garbage collector, a tenth of each answer, need not go through it."""
    gc.collect()
    gc.freeze()


# The socket for steering it from outside, in the home directory of whoever runs it, is of no use here.
control_socket_disable = True
# The application writes a line for each request itself (meetings/requests.py), without personal data.
accesslog = None
loglevel = "warning"
