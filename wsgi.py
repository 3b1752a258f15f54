"""What a server loads: `gunicorn --config gunicorn.conf.py wsgi:app`."""

import os
import socket
import threading

from meetings import create_app
from meetings.worker import make_worker

app = create_app()

if app.config["SETTINGS"].outbox_worker == "inside":
    # A greenlet, since gevent is in place when gunicorn's worker comes here.
    worker = make_worker(app, f"{socket.gethostname()}-{os.getpid()}")
    threading.Thread(target=worker.run, name="outbox", daemon=True).start()
