"""Centres, organisations, staff, roles and the personal links of people who have no account."""
