"""Two records of the same employer made one, with nothing lost and a way back."""
