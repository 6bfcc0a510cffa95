"""A portal as large as England: rows in bulk for measuring how it bears them (`manage.py seed_scale`).

The demo story is replayed through the actions, one case at a time; this writes by COPY what they would have written,
and has the rules reckon it. Each row is one that the pages read; the trail is whole and `verify_audit` finds no fault.
"""
