"""The pack of a wage subsidy or voucher: what the application needs, where it is, and its deadlines."""
