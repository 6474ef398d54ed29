"""SQLAlchemy over one encrypted SQLite file."""
