"""Harbour Primary: Niamh's whole induction, Martin's, Callum's year before he moved, Sunita's first review."""

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

MARTIN = {
    1: Written(
        ratings="333333333",
        evidence="Two lesson visits, books of six pupils, and Martin’s reflections.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Explain each task in two steps at most, with an example on the board",
                "TS4", 8, "In two visits nine pupils out of ten start without asking again",
            ),
        ),
        comment="I agree.",
    ),
    2: Written(
        ratings="333333343",
        evidence="Two lesson visits, and the moderation of writing with Year 5.",
        previous="Two-step explanations: met in English, partly in mathematics.",
        others="Elspeth Muir, mentor",
        aims=(
            Aim(
                "Use the mathematics check to plan the next lesson",
                "TS6", 10, "Plans of four weeks show what was changed because of it",
            ),
        ),
    ),
    4: Written(
        ratings="233322234",
        low={
            "TS1": "Most pupils finish early with the same task. Martin and Elspeth will plan two levels of challenge.",
            "TS5": "Five pupils who need an adapted text did not have one in either visit.",
            "TS6": "The check is set, but the books show no change because of it.",
            "TS7": "After the move to Year 6 lessons start late and end in noise. Weekly visits are agreed.",
        },
        evidence="Three lesson visits, books of eight pupils, and the behaviour log.",
        previous="Planning from the check: not met.",
        others="Elspeth Muir, mentor; Patrick Dunne, headteacher",
        support="Ten weeks: a visit each Tuesday with feedback the same day, an hour a week with Elspeth to plan, two "
        "days in Year 6 of another school, and no club or cover duty.",
        aims=(
            Aim(
                "Start every lesson within three minutes",
                "TS7", 6, "Eight visits out of ten see it",
            ),
            Aim(
                "Give adapted texts to the five pupils in every English lesson",
                "TS5", 6, "They are in the books of each week",
            ),
        ),
        comment="The class is much harder than last year’s. I need the visits to be on the same day each week.",
    ),
    5: Written(
        ratings="233312134",
        low={
            "TS1": "Challenge is still the same for all in mathematics and science.",
            "TS5": "Adapted texts were seen in one visit of four.",
            "TS6": "The results of the check are kept, and not used.",
            "TS7": "Two lessons were stopped by a colleague. The script is known and not used.",
        },
        evidence="Six lesson visits, two of them by the appropriate body, books of ten pupils, and the behaviour log.",
        previous="Start of lessons: seen in three visits of ten. Adapted texts: not met.",
        others="Elspeth Muir, mentor; Patrick Dunne, headteacher; Iain Robertson, appropriate body",
        support="The plan goes on to the end of induction, with a colleague in the room in the mornings.",
        aims=(
            Aim(
                "Use the script at the first instance, every time",
                "TS7", 6, "No lesson of the last four weeks is stopped by a colleague",
            ),
        ),
        comment="I try to do what was agreed. With a colleague in the room it works.",
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
