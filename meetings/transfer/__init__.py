"""Meeting files: a whole meeting read into the database, and written out of it."""
