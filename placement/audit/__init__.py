"""Who saw or changed what, and what the jobs process did. Rows are only added."""
