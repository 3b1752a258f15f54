"""Accounts: signing in by a mailed link, and who holds which role."""
