"""Speed and quality, measured on demand; never part of the tests."""
