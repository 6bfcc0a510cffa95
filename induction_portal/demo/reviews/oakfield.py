"""Oakfield School: Hannah on track, Daniel in difficulty, Grace steady."""

from .shape import Aim, Written

HANNAH = {
    1: Written(
        ratings="443444334",
        evidence="Three lesson visits, Year 8 and Year 9 books, the tracker and Hannah’s planning file.",
        others="Joanna Firth, mentor",
        aims=(
            Aim(
                "Plan the hinge question of each lesson in advance and act on what it shows",
                "TS6", 10,
                "Planning shows a hinge question in every lesson, and two visits see teaching change because of one",
            ),
            Aim(
                "Give pupils with lower starting points a scaffold for extended writing, and take it away over a unit",
                "TS5", 8,
                "By the end of the unit at least eight of the eleven pupils write two paragraphs without the frame",
            ),
        ),
        comment="A fair picture. I would like to see how another department uses hinge questions before half-term.",
    ),
}  # fmt: skip

DANIEL = {
    1: Written(
        ratings="334333333",
        evidence="Two lesson visits, a learning walk, marking in Year 7 and Year 10, and Daniel’s reflections.",
        others="David Osei, mentor",
        aims=(
            Aim(
                "Teach the entry routine afresh and insist on it every lesson",
                "TS7", 6, "Year 9 are seated and working within three minutes in four lessons out of five",
            ),
            Aim(
                "Model worked examples in small steps before independent practice",
                "TS4", 10, "Visits see two worked examples or more, and errors are addressed before practice starts",
            ),
        ),
        comment="I agree with the targets. The entry routine is what I most want to get right.",
    ),
    2: Written(
        ratings="334332234",
        low={
            "TS6": "Marking is up to date but rarely changes the next lesson. Joint moderation with David and a short "
            "check at the start of each lesson will help Daniel to see who is ready to move on.",
            "TS7": "Routines hold with Years 7 and 8 and slip with the two Year 9 groups, where low-level talk costs "
            "up to ten minutes. Weekly drop-ins and practice of the school’s script are agreed.",
        },
        evidence="Three lesson visits (two in Year 9), behaviour records and moderated marking of a test.",
        previous="Entry routine: met with Years 7 and 8, not with Year 9. Worked examples: met, seen in each visit.",
        others="David Osei, mentor",
        aims=(
            Aim(
                "Use the school’s script for low-level disruption at the first instance, every time",
                "TS7", 8, "Time lost in Year 9 falls below three minutes a lesson in three visits running",
            ),
            Aim(
                "Start each lesson with a five-question check and plan the next lesson from it",
                "TS6", 10, "Planning for two weeks shows what was changed because of the check",
            ),
        ),
        comment="Year 9 is hard. The drop-ins help when we talk the same day, so I would like to keep that.",
    ),
    4: Written(
        ratings="323332134",
        low={
            "TS2": "Progress of the two Year 9 groups is below that of parallel groups in both assessments this year. "
            "Daniel and Priya have planned a catch-up sequence for the topics that were missed.",
            "TS6": "Checks at the start of lessons happen about half of the time and their results are not yet used "
            "to regroup pupils. Joanna will plan one lesson a week with Daniel from the results.",
            "TS7": "Behaviour in one Year 9 group is not yet safe for learning: four lessons needed support this half "
            "term. A colleague will be present in that group for the first three weeks of the plan.",
        },
        evidence="Five lesson visits by Priya, Joanna and the head of mathematics, test results and behaviour records.",
        previous="Script for disruption: partly met, used late. Five-question check: partly met, not used in planning.",
        others="Joanna Firth, mentor; Angela Thornton, appropriate body",
        support="Six weeks with weekly objectives: a colleague in the Year 9 group for three weeks, one lesson a week "
        "planned with Joanna, one visit a week with feedback the same day, and a visit to a school with strong "
        "routines. Priya reviews progress every Friday with Daniel and reports to the appropriate body.",
        aims=(
            Aim(
                "Establish a calm start and a clear consequence in every Year 9 lesson",
                "TS7", 6, "No lesson in the last two weeks of the plan needs support from outside the room",
            ),
            Aim(
                "Regroup pupils from the result of the opening check at least once a week",
                "TS6", 6, "Planning and books show it in five of six weeks",
            ),
            Aim(
                "Teach the catch-up sequence for ratio and proportion",
                "TS2", 8, "Two thirds of each Year 9 group answer the end-of-sequence questions correctly",
            ),
        ),
        comment="It is hard to read but not a surprise: Priya had told me before. I want the plan to work.",
    ),
}  # fmt: skip

GRACE = {
    1: Written(
        ratings="444433344",
        evidence="Two lesson visits, the Year 7 castles project, and feedback from the head of humanities.",
        others="Rachel Whitcombe, mentor",
        aims=(
            Aim(
                "Ask questions that make pupils compare sources, not only describe them",
                "TS3", 10, "Year 8 essays use two sources against each other in every paragraph",
            ),
        ),
    ),
    2: Written(
        ratings="445444344",
        evidence="Two lesson visits, moderated Year 8 essays, and pupils’ views gathered by the department.",
        previous="Comparing sources: met. Seven in ten Year 8 essays now do it without being asked.",
        others="Rachel Whitcombe, mentor",
        aims=(
            Aim(
                "Lead the department’s next moderation meeting with Rachel’s support",
                "TS8", 9, "The meeting is held and its agreed standards are used in the next assessment",
            ),
            Aim(
                "Plan with the teaching assistant for the two pupils who are new to English",
                "TS5", 6, "Both pupils take part in class discussion each week, and their books show key words in use",
            ),
        ),
    ),
}  # fmt: skip
