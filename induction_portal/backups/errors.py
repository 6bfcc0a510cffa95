"""What can go wrong with a backup, told to the person at the terminal."""


class BackupError(Exception):
    """Nothing was backed up or restored. The message is plain English and says what to do."""
