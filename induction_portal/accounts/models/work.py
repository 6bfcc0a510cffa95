"""What a person has under way: text not yet sent, and forms already answered."""

import uuid

from django.db import models
from django.db.models.functions import Now

from .people import User

NO_SUBJECT = uuid.UUID(int=0)


class Draft(models.Model):
    """What somebody has typed into a form and not sent. Private to its author; overwritten, never audited."""

    form = models.CharField(max_length=100, help_text="Name of the page's URL")
    subject_id = models.UUIDField(default=NO_SUBJECT)
    author = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    values = models.JSONField(help_text="Each field's name with the list of its values, as typed")
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "subject_id", "author"], name="draft_one_for_each_author")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.subject_id}"


class Submission(models.Model):
    """A form that has been answered: sending the same one again only shows the result again."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=500)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.id)
