"""What a server loads: `gunicorn --config gunicorn.conf.py wsgi:app`."""

from meetings import create_app

app = create_app()
