"""What an answer costs at the least on what Rostrum is built of: a Flask view that adds one row through SQLAlchemy.

No sign-in, no form, no rule, no log, no page: what an ask for the floor takes beyond this is Rostrum's own.
"""

import os

import sqlalchemy as sa
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import orm

from meetings.database import tune


class Base(orm.DeclarativeBase):
    """Apart from Rostrum's tables."""


class Row(Base):
    """What is added."""

    __tablename__ = "least"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    content: orm.Mapped[str] = orm.mapped_column(sa.Text)


def make() -> Flask:
    """The application, on the database that DATABASE_URL names."""
    engine = sa.create_engine(os.environ["DATABASE_URL"])
    tune(engine)
    writing = engine.execution_options(write=True)
    app = Flask(__name__)

    @app.post("/")
    def add() -> ResponseReturnValue:
        with orm.Session(writing) as session:
            session.add(Row(content=request.form["topic"]))
            session.commit()
        return redirect("/", 303)

    return app
