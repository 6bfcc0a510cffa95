"""What can go wrong with an embedded service, told to the person at the terminal."""


class EmbeddedError(Exception):
    """A service cannot run. The message is plain English and says what to do."""
