"""The five forms of a support plan, blank and full: every box of the source's form, by its label and by its value."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from cases.rules.statuses import SupportLevel
from support_plans.papers.blank import blank_form, blank_named, blanks
from support_plans.papers.drawing import draw
from support_plans.papers.form import Met, ObjectiveBoxes, PlanForm, Under, WeekBoxes
from tests.support.pdfs import assert_accessible, structure, unmarked_pages

ABOUT = ("School", "Dates of plan", "ECT", "Term")
WEEKLY = (
    "Week",
    "Action to be taken and by whom",
    "Resources required (including use of PD time/support provided)",
    "Success criteria",
    "Evaluation of progress",
    "ECT’s comment on progress:",
)
MEETING = ("Date of meeting with AB, ECT, Mentor and Induction Tutor", "Outline of meeting", "Outcome")
END = ("Evaluation of progress", "Next objectives", "End of Support Plan date", "Is the ECT on track at end date?",
       "Yes", "No", "Induction Tutor signature", "ECT signature")  # fmt: skip
PLAN = (*ABOUT, "Objectives (linked to Teachers’ Standards)", *WEEKLY)
# The labels of each form, in its order (R76). Level 1 has school, dates, ECT and term besides: its paper has not.
LABELS = {
    SupportLevel.LIGHT_TOUCH: (
        "Level 1 – Light Touch Support", "Mentor", "Date of meeting", "School", "Dates of plan", "ECT", "Term",
        "Previous objectives", "Evaluation of progress", "Related Teachers’ Standards",
        "Reason for light touch support", "Objective (linked to Teachers’ Standards)", "Success criteria",
        "Actions to be taken, and by whom", "Resources/support required", "Outcome from observation",
        *(label.replace("Support Plan", "Light Touch Support") for label in END),
    ),
    SupportLevel.SUPPORT_1: ("Level 2 – Support Plan 1", *PLAN, *END),
    SupportLevel.SUPPORT_2: ("Level 3 – Support Plan 2", *PLAN, *END),
    SupportLevel.CONCERN: ("Level 4 – Cause for Concern", *PLAN, *MEETING, *END),
    SupportLevel.AT_RISK: (
        "Level 5 – Risk of Failing", *ABOUT, "Reasons for risk of failing (linked to standards)",
        "Possible reasons for extension to induction", *WEEKLY, *MEETING, *END,
    ),
}  # fmt: skip
EVERY = list(LABELS)
LONG = "What was agreed is written out at length, so that it goes on over the end of a page. "
TIMES = 30


def words_of(form: PlanForm) -> str:
    """The text of a form's PDF in reading order, once it has passed the check of its parts."""
    reader = assert_accessible(draw(form), title=form.title)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def full(level: SupportLevel, said: str = "") -> PlanForm:
    """A form with something of its own in every box that its level has; `said` goes with each longer text."""

    def told(what: str) -> str:
        return f"Told{what} {said}".strip()

    light, risk = level is SupportLevel.LIGHT_TOUCH, level is SupportLevel.AT_RISK
    weekly = () if light else tuple(
        WeekBoxes(n, f"from day {n}", told(f"action{n}"), told(f"resource{n}"), told(f"success{n}"),
                  told(f"evaluated{n}"), told(f"comment{n}"))
        for n in range(1, 7)
    )  # fmt: skip
    rows = tuple(
        ObjectiveBoxes(told(f"objective{n}"), told(f"met{n}"), told(f"who{n}"), told(f"means{n}"), told(f"seen{n}"))
        for n in range(1, 4)
    )
    form = PlanForm(
        level, ect="Amara Okafor", school="Oakfield School", term="Autumn 2026", dates="2 November to 13 December 2026",
        weeks=weekly, evaluation=told("overall"), next_objectives=told("next"), ended_on="14 December 2026",
        on_track=False, tutor=Under("Ruth Adeyemi, 15 December 2026"),
        ect_signed=Under("Did not sign, 16 December 2026", told("declined")),
    )  # fmt: skip
    if light:
        told_of_1 = {name: told(name) for name in ("previous_objectives", "previous_evaluation", "standards", "reason")}
        return replace(form, mentor="Elspeth Muir", met_on="1 November 2026", rows=rows, **told_of_1)
    if form.meets_body:
        met = (Met("9 November 2026", told("outline"), told("decided")),)
        form = replace(form, meetings=met)
    return replace(form, risk=told("risk"), extension=told("extension")) if risk else replace(
        form, objectives=told("objectives")
    )  # fmt: skip


@pytest.mark.parametrize("level", EVERY)
def test_a_blank_form_has_every_box_of_the_source(level):
    words = words_of(blank_form(next(blank for blank in blanks() if blank.level is level)))
    at = 0
    for label in LABELS[level]:
        assert label in words[at:], label
        at = words.index(label, at)
    assert "☐ Yes ☐ No" in words


@pytest.mark.parametrize("level", EVERY)
def test_a_full_form_says_everything_beside_its_label(level):
    form, words = full(level), None
    words = words_of(form)
    for label in LABELS[level]:
        assert label in words, label
    for text in texts_of(form):
        assert text in words, text
    assert "☐ Yes ☑ No" in words


def texts_of(form: PlanForm) -> list[str]:
    """Every text of a form but its mark."""
    plain = [form.ect, form.school, form.term, form.dates, form.mentor, form.met_on, form.previous_objectives,
             form.previous_evaluation, form.standards, form.reason, form.objectives, form.risk, form.extension,
             form.evaluation, form.next_objectives, form.ended_on]  # fmt: skip
    several = (*form.rows, *form.weeks, *form.meetings, form.tutor, form.ect_signed)
    found = [getattr(each, name) for each in several for name in each.__slots__]
    return [str(text) for text in (*plain, *found) if text]


@pytest.mark.parametrize("level", EVERY)
def test_long_texts_flow_and_headings_are_repeated(level):
    """Where one row is longer than a page, WeasyPrint tags what goes on as a table of its own: header cells are checked
    of forms whose rows fit a page.
    """
    form = full(level, LONG * TIMES)
    reader = PdfReader(BytesIO(draw(form)))
    assert not unmarked_pages(reader)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) > 10
    letters = "".join(pages).replace(" ", "")
    for text in texts_of(form):
        begins = text.split(" ", 1)[0]
        assert begins in letters, begins
    assert letters.count("length,") == TIMES * sum(LONG in text for text in texts_of(form))
    column = LABELS[SupportLevel.LIGHT_TOUCH][-10] if level is SupportLevel.LIGHT_TOUCH else WEEKLY[2]
    assert sum(column.split(" (")[0] in page for page in pages) > 1


def test_every_box_has_its_heading_cell():
    reader = assert_accessible(draw(full(SupportLevel.CONCERN)), title="Level 4 – Cause for Concern")
    tags = [tag for tag, _ in structure(reader.root_object["/StructTreeRoot"])]
    assert tags.count("/Table") >= 6  # one that goes on over a page counts twice, its headings with it
    assert tags.count("/TH") >= 4 + 1 + 5 + 6 + 3 + 2 + 4
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert width > height


def test_there_is_a_blank_form_of_every_length_that_a_plan_may_take():
    assert [blank.key for blank in blanks()] == [
        "level-1", "level-2-4-weeks", "level-2-5-weeks", "level-2-6-weeks", "level-3-4-weeks", "level-3-5-weeks",
        "level-3-6-weeks", "level-4-6-weeks", "level-5-1-week", "level-5-2-weeks", "level-5-3-weeks",
        "level-5-4-weeks", "level-5-5-weeks", "level-5-6-weeks",
    ]  # fmt: skip
    assert blank_named("level-4-5-weeks") is None
    assert blank_named("level-1-empty").has_names is False


def test_a_blank_form_has_the_names_of_the_case_or_none():
    names = {"ect": "Amara Okafor", "school": "Oakfield School", "mentor": "Elspeth Muir"}
    named = words_of(blank_form(blank_named("level-1"), **names))
    empty = words_of(blank_form(blank_named("level-1-empty"), **names))
    assert all(name in named for name in names.values())
    assert not any(name in empty for name in names.values())
    assert "Check this document" not in empty  # nothing was sealed: there is nothing to check


def test_a_form_that_is_no_record_says_so():
    words = words_of(replace(full(SupportLevel.SUPPORT_1), mark="Not signed: a preview of 14 December 2026"))
    assert "Not signed: a preview of 14 December 2026" in words
