"""Recruitment days: the day, its employers, invitations, and the reminders planned for it."""
