"""When each sweep of the worker ran last, how long it took, and what it did."""

from django.db import models
from django.db.models import Q


class SweepRun(models.Model):
    """The last run of one sweep. One that has begun and not ended is running, or was killed.

    `finished_at`, `milliseconds` and `facts` are of the last run that came to its end, `failed` says that the one after
    it did not: what went wrong is in the log.
    """

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict, help_text="Numbers by name: what the run did")
    failed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="sweep_run_has_a_name")]

    def __str__(self) -> str:
        return f"Sweep {self.name}"
