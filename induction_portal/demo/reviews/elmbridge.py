"""Elmbridge Academy: Imogen part-time, Beatrice's first review waiting for the body, Owen's returned to the school."""

from .shape import Aim, Written

IMOGEN = {
    1: Written(
        ratings="343433344",
        evidence="Two lesson visits, Year 7 speaking assessments and Imogen’s planning.",
        others="Nkechi Eze, mentor",
        aims=(
            Aim(
                "Speak the language being taught for all classroom instructions",
                "TS3", 10, "Two visits hear instructions in French throughout, and pupils follow them",
            ),
        ),
    ),
    2: Written(
        ratings="344433344",
        evidence="Two lesson visits, vocabulary tests over eight weeks, and a scrutiny of Year 9 books.",
        previous="Target language for instructions: met with Years 7 and 8, nearly with Year 9.",
        others="Nkechi Eze, mentor",
        aims=(
            Aim(
                "Plan for pupils who finish early with tasks that go deeper, not further",
                "TS5", 10, "Planning for Year 9 shows a deeper task each lesson, and books show pupils doing it",
            ),
        ),
        comment="Being ill took a lot of this term. I am grateful that my classes were kept together.",
    ),
    3: Written(
        ratings="444434344",
        evidence="Three lesson visits, Year 9 options numbers, and speaking assessments moderated with another school.",
        previous="Deeper tasks: met. Pupils in Year 9 spoke about them to the visitor.",
        others="Nkechi Eze, mentor",
        aims=(
            Aim(
                "Share the speaking assessments with the department as a model",
                "TS8", 12, "Two colleagues have used them and fed back",
            ),
            Aim(
                "Use the results of the listening test to choose what to teach again",
                "TS6", 6, "Planning names what was taught again, and the second test shows it was learnt",
            ),
        ),
    ),
}  # fmt: skip

BEATRICE = {
    1: Written(
        ratings="434343334",
        evidence="Two lesson visits, the choir’s rehearsals, and composition work of Year 8.",
        others="Tom Hartley, mentor",
        aims=(
            Aim(
                "Give feedback during practical work that pupils act on before the lesson ends",
                "TS6", 8, "Three visits see pupils improve a passage because of feedback given in that lesson",
            ),
        ),
        answered=False,
    ),
}  # fmt: skip

OWEN = {
    1: Written(
        ratings="333333334",
        evidence="Two lesson visits, a health and safety walk of the workshop, and Year 8 portfolios.",
        others="Tom Hartley, mentor",
        aims=(
            Aim(
                "Demonstrate each process twice and check understanding before pupils start",
                "TS4", 10, "Fewer than three pupils in a lesson ask how to start",
            ),
        ),
    ),
    2: Written(
        ratings="333323334",
        low={
            "TS5": "Pupils with additional needs have the same task as the class with more adult help. Owen and the "
            "SENCo will plan two adapted tasks, and he will watch a colleague use one.",
        },
        evidence="One lesson visit.",
        previous="Demonstrations: met. Pupils begin promptly.",
        others="Tom Hartley, mentor",
        aims=(
            Aim(
                "Plan two adapted tasks with the SENCo and teach them",
                "TS5", 8, "Four named pupils complete the adapted tasks without help, and say what they learnt",
            ),
        ),
        returned="The evidence names one lesson visit. Please say what else you relied on for the rating of TS5, and "
        "whether the SENCo has agreed to the target.",
        answered=False,
    ),
}  # fmt: skip
