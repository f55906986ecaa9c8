"""Dated Finnish rules as data, and their evaluation."""
