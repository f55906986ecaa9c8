"""Finding jobs that nobody has advertised: talks with employers, what they need, and the thread from one to a place."""
