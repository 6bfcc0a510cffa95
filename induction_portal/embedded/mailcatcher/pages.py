"""The pages that show the mails caught. Everything from a mail is escaped or shut in a sandbox."""

import re
from html import escape
from urllib.parse import quote

from .store import Caught

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #0b0c0c }
a { color: #1a65a6 } a:focus, input:focus, button:focus { outline: 3px solid #0b0c0c; outline-offset: 2px }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .8rem .4rem 0;
border-bottom: 1px solid #b1b4b6; vertical-align: top } td:first-child { white-space: nowrap }
input, button { font: inherit; padding: .3rem .6rem } pre { white-space: pre-wrap; overflow-wrap: anywhere;
border: 1px solid #b1b4b6; padding: 1rem } iframe { width: 100%; height: 40rem; border: 1px solid #b1b4b6 }
dt { font-weight: bold } dd { margin: 0 0 .5rem }
"""


def listing(mails: list[Caught], to: str) -> str:
    """The newest mails, with a search by recipient."""
    title = f"Mail to {to}" if to else "Mail caught by the demo"
    rows = "".join(map(_row, mails))
    table = (
        f"<table><tr><th>Received</th><th>To</th><th>Subject</th></tr>{rows}</table>" if mails else "<p>No mail.</p>"
    )
    search = (
        '<form><label for="to">Recipient</label> '
        f'<input id="to" name="to" value="{escape(to)}"> <button>Search</button></form>'
    )
    return _page(title, f"<p>Nothing leaves this machine: every mail of the demo ends here.</p>{search}{table}")


def single(mail: Caught) -> str:
    """One mail: its headers, its text with the links made clickable, and its HTML part in a sandbox."""
    headers = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>"
        for name, value in [
            ("From", mail.header("From")),
            ("To", mail.header("To")),
            ("Delivered to", mail.recipients),
            ("Received", _time(mail)),
        ]
    )
    text = f"<h2>Text</h2><pre>{with_links(mail.body('plain'))}</pre>" if mail.body("plain") else ""
    frame = f'<iframe title="The mail as HTML" sandbox="allow-popups" src="/{mail.key}/html"></iframe>'
    html = f"<h2>HTML</h2>{frame}" if mail.body("html") else ""
    back = '<p><a href="/">All mail</a></p>'
    return _page(mail.header("Subject") or "(no subject)", f"{back}<dl>{headers}</dl>{text}{html}")


def html_part(mail: Caught) -> str:
    """The mail's own HTML; its links open beside the frame. Served with a policy that runs and fetches nothing."""
    return f'<base target="_blank">{mail.body("html")}'


def not_found() -> str:
    """For an address that names no mail."""
    return _page("No such mail", '<p><a href="/">All mail</a></p>')


def with_links(text: str) -> str:
    """The text escaped, its web addresses made links."""
    shown, end = [], 0
    for link in _LINK.finditer(text):
        address = escape(link.group())
        shown += [escape(text[end : link.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        end = link.end()
    return "".join([*shown, escape(text[end:])])


def _row(mail: Caught) -> str:
    subject = escape(mail.header("Subject") or "(no subject)")
    link = f'<a href="/{quote(mail.key)}">{subject}</a>'
    return f"<tr><td>{_time(mail)}</td><td>{escape(mail.recipients)}</td><td>{link}</td></tr>"


def _time(mail: Caught) -> str:
    return f"{mail.at.astimezone():%-d %B %Y, %H:%M:%S}"


def _page(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )
