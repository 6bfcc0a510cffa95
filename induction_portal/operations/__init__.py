"""How the installation itself is doing, for its operator: numbers and times, never whose."""
