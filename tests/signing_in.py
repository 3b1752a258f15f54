"""Signs a test's browser in at once; signing in by the mailed link itself is tested in tests/accounts."""

from flask.testing import FlaskClient

from meetings.models.account import Account


def sign_in(client: FlaskClient, account: Account) -> None:
    """The browser is that account's from now on, as after the mailed link (the account must be committed)."""
    held = [account.id, account.serial]
    with client.session_transaction() as session:
        session.clear()
        session["account"] = held
        session.permanent = True
