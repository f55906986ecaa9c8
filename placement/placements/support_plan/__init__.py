"""Support around a start: who calls whom and when, how it goes, worries, and the help that was given."""
