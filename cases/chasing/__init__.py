"""An appropriate body asks a school for what is overdue."""
