"""The schema's history, run by Alembic when a database is opened that is not at `HEAD`."""

HEAD = "0012"
"""The newest revision; kept here so that an up-to-date start need not load Alembic."""
