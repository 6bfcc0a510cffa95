"""What the /components page shows: each component with the inputs it documents."""

from datetime import date
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Sample(NamedTuple):
    """One component, rendered: its file is templates/components/<name>.html."""

    name: str
    inputs: dict[str, Any]

    def html(self) -> SafeString:
        return render_to_string(f"components/{self.name}.html", self.inputs)


FACTS = [
    {"key": "School", "value": "Oakfield School", "href": "#change-school"},
    {"key": "Statement", "value": "First line\nSecond line <b>not bold</b>"},
    {"key": "Mentor", "value": ""},
    {"key": "Progress", "value": "On track", "colour": "green"},
]
TASKS = [
    {
        "title": "Log the autumn review",
        "href": "#log",
        "hint": "Due 18 December 2026",
        "status": "Due",
        "colour": "blue",
    },
    {"title": "Read the mentor’s note", "href": "#read", "status": "Done"},
    {"title": "First assessment", "status": "Cannot start yet"},
]
COLUMNS = ["Teacher", "Next review", {"text": "Terms served", "numeric": True}]
CASES = [
    [{"text": "Amara Okafor", "href": "#amara"}, "18 December 2026", "1.2"],
    [{"text": "Ben Ash", "href": "#ben"}, {"text": "Overdue", "colour": "red"}, "3.25"],
]
ENTRIES = [
    {"on": date(2026, 11, 20), "title": "Review submitted", "by": "Priya Nair, induction tutor", "href": "#review"},
    {
        "on": date(2026, 9, 1),
        "title": "Induction began",
        "text": "At Oakfield School",
        "status": "Part 1",
        "colour": "grey",
    },
]
CASE = {
    "name": "Amara Okafor",
    "school": "Oakfield School",
    "part": "Part 1 of 2",
    "status": "On track",
    "colour": "green",
}
CASE_NAV = [
    {"text": "Overview", "href": "#overview"},
    {"text": "Progress reviews", "href": "#reviews", "current": True},
    {"text": "Who can see this", "href": "#seen"},
]
CONFLICT = {
    "rows": [
        {"field": "TS1: Rating", "typed": "Strong", "now": "Secure", "before": ""},
        {"field": "Target 1", "typed": "Plan\nin full", "now": "Plan", "before": "Plan"},
    ],
}

SAMPLES = [
    Sample("notification_banner", {"heading": "Review submitted", "kind": "success", "id": "-1"}),
    Sample(
        "notification_banner",
        {"heading": "Two reviews are overdue.", "text": "Log them this week.", "link_text": "See them", "href": "#due"},
    ),
    Sample("case_header", {"header": CASE}),
    Sample("case_nav", {"items": CASE_NAV}),
    Sample("confidential", {}),
    Sample("breadcrumbs", {"items": [{"text": "My work", "href": "#work"}, {"text": "Amara Okafor"}]}),
    Sample("back_link", {"href": "#back"}),
    Sample("status_tag", {"text": "Overdue", "colour": "red"}),
    Sample("summary_list", {"rows": FACTS}),
    Sample("summary_card", {"title": "Placement", "rows": FACTS[:2], "href": "#change", "level": 3}),
    Sample("task_list", {"tasks": TASKS}),
    Sample("table", {"caption": "Cases", "columns": COLUMNS, "rows": CASES}),
    Sample("pagination", {"previous": "#1", "next": "#3", "what": "Cases"}),
    Sample("timeline", {"entries": ENTRIES}),
    Sample("inset_text", {"text": "The appropriate body sees this review when you submit it."}),
    Sample("warning_text", {"text": "You cannot change a review after you submit it."}),
    Sample("details", {"summary": "What counts as evidence", "text": "Existing documents only.\n\nNothing new."}),
    Sample("empty_state", {"heading": "No reviews yet", "text": "The first is due in December.", "level": 3}),
    Sample("conflict_table", CONFLICT),
]
