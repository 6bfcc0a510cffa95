"""bin/backup and bin/restore: the whole database as one file that can prove it is whole. Needs no Django settings."""
