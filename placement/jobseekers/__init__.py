"""Young people: strengths, wishes, practical frame, their one adult."""
