"""The record of every list that was shown: what went in, what came out, who saw it and what was done then."""
