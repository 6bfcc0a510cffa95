"""What was written in the formal assessments of the story: Daniel's first one, which found his progress wanting and
brought him his headteacher's letter, the first and final ones of Niamh and Martin, and the final one upon which Rhys
was failed.

Niamh's final report went to the appropriate body with the headteacher's recommendation, and has still to be decided;
on Martin's it has decided.
"""

from dataclasses import dataclass

from assessments.actions import Recommends
from assessments.report import AssessmentKind, Unsatisfactory
from cases.rules.outcomes import Recommended
from cases.rules.standards import Standard

SATISFACTORY = Recommends(Recommended.SATISFACTORY)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One formal assessment, at the end of so many terms. `evidence` holds a line for each Standard, TS1 to Part Two.

    `answered` is False while it waits for the appropriate body (the latest one). `low` says what is to be developed
    where a Standard is not met; with it goes what the headteacher sets out in the `letter`, and, where no review here
    has said so before, how it `came`.
    """

    kind: AssessmentKind
    terms: int
    evidence: tuple[str, ...]
    strengths: str
    development: str
    comment: str = ""
    others: str = ""
    answered: bool = True
    low: tuple[tuple[Standard, str], ...] = ()
    letter: Unsatisfactory | None = None
    recommends: Recommends = SATISFACTORY
    came: str = ""


DANIEL = (
    Assessed(
        AssessmentKind.FIRST, 3,
        evidence=(
            "Expects effort of every pupil in Years 7 and 10; in Year 9 several opt out and are not called back.",
            "Year 8 results rose with the year’s; both Year 9 groups are a little behind the parallel groups.",
            "Explains fractions and ratio in more than one way; led the department’s session on bar models.",
            "Lessons follow the department’s scheme, with worked examples in each one that was visited.",
            "Plans for two pupils with support plans are used in every lesson that was visited.",
            "The opening check is set in most lessons. In six planned sequences nothing was changed because of it.",
            "Four visits to Year 9: up to ten minutes lost to low-level talk. The script is used late or not at all.",
            "Runs the Tuesday mathematics club and answers parents within two days.",
            "Punctual, prepared and discreet; safeguarding training is up to date.",
        ),
        strengths="Clear explanations, and a classroom in Years 7 and 8 in which pupils are not afraid to be wrong.",
        development="Behaviour in Year 9, and planning from what the checks show.",
        comment="I knew this was coming. Year 9 is where I need help, and I would like to see others start lessons.",
        low=(
            (Standard.TS6, "Change the next lesson because of the opening check, at least once a week in each class."),
            (Standard.TS7, "Use the script at the first instance, every time, and settle Year 9 within three minutes."),
        ),
        letter=Unsatisfactory(
            weaknesses="Low-level talk in both Year 9 groups is not dealt with at the first instance, so that "
            "teaching time is lost in every lesson (TS7).\n\nThe opening check is set and marked, but it does not "
            "change what is taught next (TS6).",
            objectives="Every Year 9 lesson is under way within three minutes, and the script is used at the first "
            "instance.\n\nPlanning shows each week, for each class, what was changed because of the check.",
            support="A weekly visit by your induction tutor with feedback the same day. Half an hour each week with "
            "your mentor to plan from the results of the check. A day at another school to see routines.",
            evidence="Four visits to Year 9, the behaviour log, six planned sequences, and both progress reviews.",
            plan="In the first half-term: Year 9 routines. In the second: planning from checks. Your induction tutor "
            "looks at both with you every second Friday, and we review the plan together at each half-term.",
            consequences="If there is too little improvement by your next progress reviews, we will draw up a formal "
            "support plan and ask the appropriate body to join us. If the Standards are not met at the end of your "
            "induction, I would have to recommend that you have not completed it satisfactorily.",
        ),
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
MARTIN = (
    Assessed(
        AssessmentKind.FIRST, 3,
        evidence=(
            "Expects effort in English; in mathematics the quick finish early and wait.",
            "Reading in the class is where it should be, mathematics a little behind.",
            "Secure in the subjects of Year 5; reads ahead.",
            "Two-step explanations are seen in most lessons.",
            "An adapted text was ready for two of the three pupils who need one.",
            "The check is set each Friday; planning from it has begun.",
            "Calm with this class, which knows its routines from Year 4.",
            "Runs the chess club and takes part in every meeting.",
            "Punctual and discreet.",
        ),
        strengths="Clear explanations, and a good relationship with families.",
        development="Challenge for the quick, and planning from the Friday check.",
        comment="Thank you. I am looking forward to Year 6.",
        others="Elspeth Muir, mentor",
    ),
    Assessed(
        AssessmentKind.FINAL, 6,
        evidence=(
            "In six visits the same task for all; a third of the class was done after ten minutes.",
            "Progress in reading is as expected; in mathematics the class is two terms behind the parallel one.",
            "Secure in English, with gaps in science.",
            "Plans follow the scheme; explanations are clear at the start.",
            "Adapted texts were seen in two visits of ten.",
            "The check is marked and filed. In ten weeks nothing was planned from it.",
            "Four lessons were stopped by a colleague in the last half-term. The script is not used.",
            "Kept the chess club going, and is well liked by colleagues.",
            "Honest about what does not work; always prepared.",
        ),
        strengths="Explanations, conduct, and willingness to be visited.",
        development="Behaviour, adaptive teaching, and use of assessment, with constant support in the room.",
        comment="One hard class should not decide it. With a colleague in the room the lessons went well.",
        others="Elspeth Muir, mentor",
        low=(
            (Standard.TS1, "Set work at two levels at least in every lesson."),
            (Standard.TS5, "Have an adapted text ready for every pupil who needs one."),
            (Standard.TS6, "Change the next lesson because of the check."),
            (Standard.TS7, "Start on time and use the script at the first instance, without a colleague in the room."),
        ),
        recommends=Recommends(
            Recommended.UNSATISFACTORY,
            reason="Four Standards are not met (TS1, TS5, TS6 and TS7) after two terms of weekly visits, shared "
            "planning and a colleague in the room. I see no further support that we have not given.",
        ),
    ),
)  # fmt: skip
RHYS = (
    Assessed(
        AssessmentKind.FINAL, 1,
        evidence=(
            "Sets ambitious work in mathematics and science; in English the class is often asked for too little.",
            "Two thirds of the class made the progress expected of them in the term.",
            "Secure in mathematics and science, and sound in English.",
            "Lessons are well prepared, and sequences follow the school’s scheme.",
            "Adjusts tasks for the six children who need it.",
            "Marks promptly, and plans the next week from it.",
            "Up to fifteen minutes were lost in five of the eight lessons visited. The routines agreed in both support "
            "plans were used in two of them.",
            "Runs the chess club and works well with the Year 5 team.",
            "Punctual, honest and discreet.",
        ),
        strengths="Mathematics, careful preparation, and the trust of families.",
        development="Behaviour: lessons are under way within three minutes, and stay so.",
        comment="I do not agree about TS7. The visits were all in one week, with a supply assistant.",
        others="Elspeth Muir, mentor",
        low=((Standard.TS7, "Settle the class within three minutes, in every lesson and without another adult."),),
        came="His earlier school’s last two reports say the same; Rhys brought them with him.",
        recommends=Recommends(
            Recommended.UNSATISFACTORY,
            reason="TS7 is not met after two support plans. Every other Standard is, and that is in the report.",
        ),
    ),
)  # fmt: skip
ASSESSED = {"2987340": DANIEL, "2876104": NIAMH, "2913358": MARTIN, "3127745": RHYS}
