"""The proof-reader on its pages, and what a press mends."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.floor import Floor
from meetings.models.meeting import Meeting, Session
from meetings.models.message import Event
from meetings.programme import commands, queries
from meetings.programme.queries.edits import concept_note
from meetings.programme.queries.oddities import oddities
from meetings.programme.rules.proof.check import CHECKS
from meetings.programme.rules.proof.finding import Finding
from meetings.refusals import Refused, Stale
from tests import factories
from tests.client import Client
from tests.page_lint import Page
from tests.signing_in import sign_in
from tests.threads import at_once

DAY = factories.DAY  # Wednesday 26 November 2025
PAGE = "/meetings/m/organise/proof-reading"


@pytest.fixture
def organiser(app: Flask, client: Client) -> Client:
    with transaction():
        account = factories.account("organiser@example.org", "organiser")
    sign_in(client, account)
    return client
