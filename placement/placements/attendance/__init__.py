"""Who was at work on which day, in one tap, and the list of a month."""
