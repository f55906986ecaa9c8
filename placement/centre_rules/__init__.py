"""Values of rules that a centre has set for itself, with a reason."""
