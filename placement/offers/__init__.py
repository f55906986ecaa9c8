"""Offers of every kind and their life."""
