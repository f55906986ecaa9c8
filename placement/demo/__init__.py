"""Invented data of two centres, always the same from one seed, for trying out the service."""

from placement.demo.seed import PASSWORD, SEED, STEPS, DemoSummary, SignIn, demo_centres_only, make_demo, read_summary

__all__ = ["PASSWORD", "SEED", "STEPS", "DemoSummary", "SignIn", "demo_centres_only", "make_demo", "read_summary"]
