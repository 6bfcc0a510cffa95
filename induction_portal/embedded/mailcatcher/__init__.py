"""Catches the demo's mail: a local mail server, the mails as files, a page to read them. Nothing is sent on."""
