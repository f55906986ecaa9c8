"""Employers, their units and their contact people."""
