"""The services that a clone brings along for the demo, the tests and the bench: PostgreSQL, a broker, a mail catcher.

Production uses none of this. Nothing here needs Django's settings to be loaded.
"""
