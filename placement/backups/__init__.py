"""Copies of an installation: making them, checking them, putting one back, and what must not be undone by that."""
