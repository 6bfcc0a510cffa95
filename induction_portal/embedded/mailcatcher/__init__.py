"""Catches the demo's mail: a local mail server, the mails as files, and a page to read them. Nothing is ever sent on."""
