"""Numbered migrations of the database and the way to run them."""
