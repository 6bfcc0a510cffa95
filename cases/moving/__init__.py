"""An ECT moves: released by one body, asked for and claimed by the next, with a receipt for the record."""
