"""What was written in the formal assessments of the story: Daniel's first one, and Niamh's first and final.

Niamh's final report went to the appropriate body with the headteacher's recommendation, and has still to be decided.
"""

from dataclasses import dataclass

from assessments.report import AssessmentKind


@dataclass(frozen=True, slots=True)
class Assessed:
    """One formal assessment, at the end of so many terms. `evidence` holds a line for each Standard, TS1 to Part Two.

    `answered` is False while it waits for the appropriate body (the latest one).
    """

    kind: AssessmentKind
    terms: int
    evidence: tuple[str, ...]
    strengths: str
    development: str
    comment: str = ""
    others: str = ""
    answered: bool = True


DANIEL = (
    Assessed(
        AssessmentKind.FIRST, 3,
        evidence=(
            "Routines are settled in all his classes; pupils start work within two minutes.",
            "Year 8 test results rose by more than the year’s; pupils can say what they have to learn next.",
            "Explains fractions and ratio in more than one way; led the department’s session on bar models.",
            "Lessons follow the department’s scheme and are adjusted after each exit question.",
            "Plans for two pupils with support plans are used in every lesson that was visited.",
            "Exit questions are marked the same day and decide the next starter.",
            "Calm and consistent; the behaviour log shows four entries this year, all followed up.",
            "Runs the Tuesday mathematics club and answers parents within two days.",
            "Punctual, prepared and discreet; safeguarding training is up to date.",
        ),
        strengths="Clear explanations, and a classroom in which pupils are not afraid to be wrong.",
        development="Stretch the quickest pupils without more of the same work, and question further than the answer.",
        comment="This is a fair account. I would like to watch how others stretch their top sets.",
    ),
)  # fmt: skip
NIAMH = (
    Assessed(
        AssessmentKind.FIRST, 3,
        evidence=(
            "High expectations in phonics: every child responds in every session that was visited.",
            "Reading ages of the class rose by seven months between September and June.",
            "Secure in early reading; asks for help with science in good time.",
            "Sequences of lessons in mathematics are planned from what the class can do.",
            "Tasks are adjusted for the four children who need it, and they finish them.",
            "Friday’s check decides the next week’s mathematics; books show it.",
            "Gentle and firm; transitions take under a minute.",
            "Works closely with the Year 1 team and with parents.",
            "Warm, reliable and professional with everybody.",
        ),
        strengths="Early reading, and the way she plans from what children know.",
        development="Science subject knowledge, and leading other adults in the room.",
        comment="Thank you. I agree with both areas to develop.",
        others="Elspeth Muir, mentor",
    ),
    Assessed(
        AssessmentKind.FINAL, 6,
        evidence=(
            "Children speak of difficult work with pride; visits in three subjects show the same.",
            "All groups made the progress expected of them, most of them more, by the end of the year.",
            "Science is now as secure as reading: her unit on materials is used by both classes.",
            "Well-sequenced units, shared with the parallel class.",
            "Adapts while she teaches; a child with a hearing impairment takes full part.",
            "The weekly check is used by three colleagues who learnt it from her.",
            "Behaviour is a strength of the class, with visitors as well.",
            "Led a staff meeting and supports a trainee with care.",
            "A model of conduct in and beyond the classroom.",
        ),
        strengths="Assessment that changes what is taught, and generous support of colleagues.",
        development="Take a subject further than her own class, with time to learn how.",
        comment="I am proud of this class. Thank you, Elspeth, for two years of Tuesdays.",
        others="Elspeth Muir, mentor",
        answered=False,
    ),
)  # fmt: skip
ASSESSED = {"2987340": DANIEL, "2876104": NIAMH}
