"""The placement service: what an Ohjaamo centre does with employers, offers and young people."""
