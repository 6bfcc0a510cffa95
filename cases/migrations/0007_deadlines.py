import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_confirm"),
    ]

    operations = [
        # Projections: made anew from the facts, so every case has to be reckoned again.
        migrations.DeleteModel(name="Deadline"),
        migrations.RunSQL("UPDATE cases_induction SET stale = true", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "code",
                    models.CharField(blank=True, help_text="Its number in the table of deadlines: D4", max_length=3),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "number",
                    models.PositiveSmallIntegerField(default=0, help_text="Which of its kind: review 3, for instance"),
                ),
                ("opened_on", models.DateField(help_text="The first day on which it stood")),
                ("due_on", models.DateField()),
                (
                    "owner",
                    models.CharField(
                        help_text="The role whose task it is; system for a date that is nobody's", max_length=20
                    ),
                ),
                ("rule", models.CharField(max_length=4)),
                ("source", models.CharField(blank=True, max_length=60)),
                ("why", models.CharField(help_text="One sentence with the numbers of this case", max_length=400)),
                ("closed_on", models.DateField(help_text="The day the facts closed it (R90)", null=True)),
                (
                    "is_open",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("closed_on__isnull", True)),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "induction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deadlines", to="cases.induction"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "kind", "number"],
                "indexes": [models.Index(fields=["is_open", "due_on"], name="deadline_open_by_date")],
                "constraints": [models.UniqueConstraint(fields=("induction", "kind", "number"), name="deadline_once")],
            },
        ),
    ]
