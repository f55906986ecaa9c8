"""A worker's young people seen together: where each is, the next date, silence, and handing over to another worker."""
