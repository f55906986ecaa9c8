"""One file per job, each with ``run(work)``: safe to run again, one transaction per item."""
