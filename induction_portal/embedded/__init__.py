"""The services that a clone brings along: PostgreSQL, a broker and a mail catcher, for the demo, the tests and the bench.

Production uses none of this. Nothing here needs Django's settings to be loaded.
"""
