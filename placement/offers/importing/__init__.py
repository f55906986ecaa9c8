"""Lists of offers as centres keep them: reading the file, naming its columns, checking its rows, taking them in."""
