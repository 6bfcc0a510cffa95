"""Headteachers' letters in the world: each came with the signature under an assessment that found progress wanting.

Oakfield's waits for its ECT; that of the ECT who moved was acknowledged, and handed over.
"""

from dataclasses import replace

from assessments import actions
from assessments.models import HeadLetter
from tests.support.world import World
from tests.support.world_people import People


def know_letters(world: World, people: People) -> None:
    """Everything."""
    by_report = {told.id: key for key, told in world.assessments.items()}
    for letter in HeadLetter.objects.with_report():
        key = by_report[letter.signature.version.assessment_id]
        world.letters[key] = replace(world.assessments[key], id=letter.pk)
    moved = HeadLetter.objects.with_report().get(pk=world.letters["moved"].id)
    actions.acknowledge_letter(by=people.acting("ect@moved"), on=world.today, letter=moved)
