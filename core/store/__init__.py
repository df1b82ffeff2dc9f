"""The truth on disk: tables in SQLite, their migrations, and the two indexes made from them."""
