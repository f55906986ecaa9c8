"""Tests of the public pages of places."""
