"""How a placement ended in the words of both sides, the strengths that were seen, and how it is months later."""
