"""Harbour Primary: Niamh's whole induction, Callum's year before he moved, Sunita's first review."""

from .shape import Aim, Written

NIAMH = {
    1: Written(
        ratings="433333344",
        evidence="Two lesson visits, phonics checks, and Niamh’s reading of the class’s starting points.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Keep phonics sessions to twenty-five minutes with every child responding",
                "TS4", 8, "Three visits see every child respond at least ten times",
            ),
        ),
        comment="The phonics target is the right one. Watching Elspeth’s group has helped already.",
    ),
    2: Written(
        ratings="433332344",
        low={
            "TS6": "Assessment in mathematics is kept but seldom used to choose the next step. Elspeth and Niamh will "
            "plan from it together each Friday.",
        },
        evidence="Two lesson visits.",
        previous="Phonics sessions: met.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Plan the week’s mathematics from Friday’s check",
                "TS6", 8, "Plans for five weeks show groups changed because of the check",
            ),
        ),
        returned="Please add what was seen in books and in the assessment records: two visits alone do not support "
        "nine ratings.",
        corrected="Two lesson visits, mathematics and writing books of six children, and the assessment records.",
    ),
    4: Written(
        ratings="444444444",
        evidence="Two lesson visits, moderated writing, and the phonics screening results.",
        previous="Planning from Friday’s check: met, and now shared with the other Year 2 class.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Lead a staff meeting on planning from a weekly check",
                "TS8", 10, "The meeting is held and two colleagues try it",
            ),
        ),
        comment="Thank you both. This was a good term.",
    ),
    5: Written(
        ratings="545444455",
        evidence="Two lesson visits, mathematics outcomes, parents’ evening feedback, and the staff meeting Niamh led.",
        previous="Staff meeting: met. Three colleagues now plan from a weekly check.",
        others="Elspeth Muir, mentor; Patrick Dunne, headteacher",
        aims=(
            Aim(
                "Support a trainee’s first weeks in Year 2",
                "TS8", 12, "The trainee teaches two sessions a day by half-term",
            ),
        ),
        comment="I am proud of how far the class has come.",
    ),
}  # fmt: skip

CALLUM = {
    1: Written(
        ratings="343333334",
        evidence="Two lesson visits, Year 5 writing books, and Callum’s reflections.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Use the reading of real authors to model each feature before pupils write",
                "TS3", 10, "Pupils’ drafts show the feature in eight books out of ten",
            ),
        ),
    ),
    2: Written(
        ratings="344433344",
        evidence="Two lesson visits, writing moderated with another school, and the guided reading record.",
        previous="Modelling from real authors: met.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Prepare notes on each pupil’s next step in writing for the colleague who takes the class over",
                "TS8", 4, "The notes are handed over before the end of term",
            ),
        ),
    ),
}  # fmt: skip

SUNITA = {
    1: Written(
        ratings="444334344",
        evidence="Two visits to the Reception class, learning journals, and a talk with the teaching assistants.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Plan the outdoor area each week for one aim in early mathematics",
                "TS4", 8, "Journals show six children counting with one-to-one correspondence outdoors",
            ),
        ),
    ),
}  # fmt: skip
