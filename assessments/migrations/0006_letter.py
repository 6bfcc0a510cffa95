"""The headteacher's letter, which stands as it was sent; an observation by a third party (SG 4.4, 5.4)."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SEALED = ["headletter", "letteracknowledgement"]


def trigger(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE of one table's rows, and TRUNCATE of the table."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON assessments_{table} "
            "FOR EACH ROW EXECUTE FUNCTION assessments_sealed()",
            f"CREATE TRIGGER sealed_whole BEFORE TRUNCATE ON assessments_{table} EXECUTE FUNCTION assessments_sealed()",
        ],
        [f"DROP TRIGGER sealed_whole ON assessments_{table}", f"DROP TRIGGER sealed ON assessments_{table}"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_indexes"),
        ("assessments", "0005_assess_sealed"),
        ("cases", "0013_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadLetter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ["signature__at"],
            },
        ),
        migrations.CreateModel(
            name="LetterAcknowledgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField(help_text="The day it counts as done")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="The database's time"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="observation",
            name="third_party",
            field=models.BooleanField(
                default=False, help_text="By somebody from outside the ECT's support team, for an ECT at risk (SG 5.4)"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("third_party", False),
                    models.Q(("observer__isnull", True), models.Q(("observer_from", ""), _negated=True)),
                    _connector="OR",
                ),
                name="observation_third_party_is_from_elsewhere",
            ),
        ),
        migrations.AddField(
            model_name="headletter",
            name="signature",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="assessments.signature"
            ),
        ),
        migrations.AddField(
            model_name="letteracknowledgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letteracknowledgement",
            name="letter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="acknowledgement", to="assessments.headletter"
            ),
        ),
        *(trigger(table) for table in SEALED),
    ]
