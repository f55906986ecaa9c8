"""Introducing a young person to an employer: the card they approve, the answer, the meeting, what came of it."""
