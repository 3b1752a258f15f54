"""How fast it is, on the machine it is asked on: `make bench`.

On both set-ups (SQLite with one web process; PostgreSQL with two and a worker), against the real server:

- a burst: a thousand people ask for the floor at the same moment;
- listeners: two thousand follow a floor live, and the chair presses a button;
- readers: the page and the calendar of a programme of 60 sessions, asked for again and again, beside a bare Flask
  page of the same size and the same events written by icalendar alone (bench/bare_page.py).

Beside each stands what the machine can do at best, measured in the same run: a bare INSERT and COMMIT a thousand
times, and the same server answering the same number of requests, or sending the same bytes, without any application.
Between the two stands what an answer costs at the least on the libraries that Rostrum is built of (bench/least.py).
Nothing here passes or fails by a time; what must hold (every answer explicit, nobody lost, nobody twice) does.
"""
