"""Our component templates against govuk-frontend's own examples, said in each component's own inputs."""

import pytest
from django.template.loader import render_to_string

from tests.support.markup import fixtures, tree


def details(options):
    return {"summary": options["summaryText"], "text": options["text"]}


def notification(options):
    return {"kind": options.get("type"), "heading": options["text"]}


def pagination(options):
    return {way: options[way]["href"] for way in ("previous", "next") if way in options}


def summary(options):
    rows = [{"key": row["key"]["text"], "value": row["value"]["text"]} for row in options["rows"]]
    return {"rows": rows, "title": options.get("card", {}).get("title", {}).get("text"), "level": level(options)}


def level(options):
    return options.get("card", {}).get("title", {}).get("headingLevel", 2)


def tag(options):
    return {"text": options["text"], "colour": options.get("classes", "").removeprefix("govuk-tag--")}


def tasks(options):
    shown = [
        {
            "title": item["title"]["text"],
            "href": item.get("href"),
            "hint": item.get("hint", {}).get("text"),
            "status": item["status"].get("text") or item["status"]["tag"]["text"],
            "colour": item["status"].get("tag", {}).get("classes", "").removeprefix("govuk-tag--"),
        }
        for item in options["items"]
    ]
    return {"tasks": shown, "id": options.get("idPrefix", "task-list")}


def problems(options):
    return {"problems": [{"message": item["text"], "href": item.get("href")} for item in options["errorList"]]}


def same(options):
    return options


def button(options):
    kind = options.get("classes", "").removeprefix("govuk-button--")
    return {"piece": {"text": options["text"], "kind": kind}}


COMPARED = [
    ("details", "details", details, "html as text"),
    ("details", "details", details, "summary html as text"),
    ("notification-banner", "notification_banner", notification, "default"),
    ("notification-banner", "notification_banner", notification, "html as text"),
    ("notification-banner", "notification_banner", notification, "with type as success"),
    ("inset-text", "inset_text", same, "default"),
    ("inset-text", "inset_text", same, "html as text"),
    ("warning-text", "warning_text", same, "default"),
    ("warning-text", "warning_text", same, "html as text"),
    ("back-link", "back_link", same, "with custom text and link"),
    ("breadcrumbs", "breadcrumbs", same, "with collapse on mobile"),
    ("summary-list", "summary_list", summary, "empty items array"),
    ("summary-list", "summary_card", summary, "as a summary card with a text header"),
    ("summary-list", "summary_card", summary, "as a summary card with a custom header level"),
    ("tag", "status_tag", tag, "default"),
    ("tag", "status_tag", tag, "red"),
    ("tag", "status_tag", tag, "html as text"),
    ("task-list", "task_list", tasks, "default"),
    ("task-list", "task_list", tasks, "with hint text and additional states"),
    ("error-summary", "error_summary", problems, "default"),
    ("error-summary", "error_summary", problems, "mixed with and without links"),
    ("error-summary", "error_summary", problems, "error list with html as text link"),
    ("button", "../govuk_forms/layout/submit", button, "default"),
]


@pytest.mark.parametrize(("theirs", "ours", "said", "name"), COMPARED, ids=[f"{row[1]}: {row[3]}" for row in COMPARED])
def test_component_renders_as_govuk_frontend_does(theirs, ours, said, name):
    example = next(example for example in fixtures(theirs) if example["name"] == name)
    path = f"components/{ours}.html".replace("components/../", "")
    assert tree(render_to_string(path, said(example["options"]))) == tree(example["html"])
