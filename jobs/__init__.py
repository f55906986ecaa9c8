"""The jobs process: sends messages, plans reminders and sweeps up. ``schedule.py`` is the table of jobs."""
