"""How gunicorn runs Rostrum, under `rostrum serve` and under a service manager of one's own alike:

    gunicorn --config gunicorn.conf.py --bind 127.0.0.1:8000 wsgi:app

Nothing of ours is imported here: gevent must put its parts in place before anything else imports ssl, and gunicorn
lets it do so in the worker, just before that loads wsgi.py.
"""

worker_class = "gevent"
# Open streams (the floor's live pages) would keep a stopping server waiting for the default 30 s.
graceful_timeout = 3
# The socket for steering it from outside, in the home directory of whoever runs it, is of no use here.
control_socket_disable = True
# The application writes a line for each request itself (meetings/requests.py), without personal data.
accesslog = None
loglevel = "warning"
