"""Who was suggested what and why, and what they answered."""
