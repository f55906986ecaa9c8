"""Placements: from a yes to a signed start and a good end."""
