"""Documents out of plain data: calendar, Word, spreadsheet.

Nothing in here knows Flask or the database. Every module takes frozen dataclasses of its own and
hands back bytes; who may see what was decided by the caller before the data came here.
"""
