"""An exemption where records were lost, and the trail of what was searched for them (R83; Sch 1 para 24)."""

from django.db import models
from django.db.models import F, Q

from cases.models import CaseRecord
from induction_portal.accounts.models import User


class TrailSearch(CaseRecord):
    """One search for lost records: what was looked for, where or of whom, by whom, when, and what came of it."""

    looked_for = models.CharField(max_length=300)
    where = models.CharField(max_length=300, help_text="The place searched, or the person or organisation asked")
    found = models.TextField()
    searched_by = models.CharField(max_length=200, help_text="Who searched; need not have an account")
    searched_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering = ["searched_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(searched_on__lte=F("recorded_on")), name="trail_search_not_of_the_future"
            ),
            models.CheckConstraint(
                condition=~Q(looked_for="") & ~Q(where="") & ~Q(found="") & ~Q(searched_by=""),
                name="trail_search_says_it_all",
            ),
        ]

    def __str__(self) -> str:
        return f"Search on {self.searched_on:%-d %B %Y}"


class Exemption(CaseRecord):
    """The body's decision that the teacher is exempt: it ends the induction. The searches are its evidence."""

    lost = models.TextField(help_text="Which records are lost, or what error was made, and how")
    appraisal_from = models.DateField(help_text="First day that the latest appraisal report covers")
    appraisal_to = models.DateField(help_text="Its last day")
    appraisal_source = models.CharField(max_length=300, help_text="Whose report it is, and who holds it")
    reason = models.TextField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField()

    class Meta:
        ordering = ["decided_on"]
        constraints = [
            models.UniqueConstraint(fields=["induction"], name="exemption_once"),
            models.CheckConstraint(
                condition=Q(appraisal_from__lt=F("appraisal_to"), appraisal_to__lte=F("decided_on")),
                name="exemption_on_an_appraisal",
            ),
            models.CheckConstraint(
                condition=~Q(lost="") & ~Q(appraisal_source="") & ~Q(reason=""), name="exemption_gives_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"Exempt since {self.decided_on:%-d %B %Y}"
