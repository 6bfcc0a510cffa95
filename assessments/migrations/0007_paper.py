"""What a colleague records of an ECT's answer on paper. It stands as it was recorded."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def sealed(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE of one table's rows, and TRUNCATE of the table."""
    function = "EXECUTE FUNCTION assessments_sealed()"
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON assessments_{table} FOR EACH ROW {function}",
            f"CREATE TRIGGER sealed_whole BEFORE TRUNCATE ON assessments_{table} {function}",
        ],
        [f"DROP TRIGGER sealed_whole ON assessments_{table}", f"DROP TRIGGER sealed ON assessments_{table}"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_letter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperComment",
            fields=[
                ("on", models.DateField(help_text="The day it counts as done")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="The database's time"
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("given_on", models.DateField(blank=True, null=True)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("asked_again_on", models.DateField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("commented", "They commented on paper or in a meeting"),
                            ("no_comments", "They said that they have no comments"),
                            ("silent", "They have not answered"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_comment",
                        to="assessments.assessmentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["commented", "no_comments", "silent"])),
                        name="paper_comment_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "commented"), models.Q(("text", ""), _negated=True)),
                            models.Q(models.Q(("way", "commented"), _negated=True), ("text", "")),
                            _connector="OR",
                        ),
                        name="paper_comment_has_its_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_again_on", None),
                                ("asked_on", None),
                                ("given_on__isnull", False),
                                ("way__in", ["commented", "no_comments"]),
                            ),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("given_on", None),
                                ("way", "silent"),
                                ("asked_again_on__gt", models.F("asked_on")),
                            ),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("given_on", None),
                                ("way", "declined"),
                                models.Q(
                                    ("asked_again_on__gt", models.F("asked_on")),
                                    ("asked_again_on", None),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="paper_comment_has_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("given_on", models.DateField(blank=True, null=True)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("asked_again_on", models.DateField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("signed", "They signed on paper"),
                            ("declined", "They said that they do not sign"),
                            ("silent", "They have not answered"),
                        ],
                        max_length=12,
                    ),
                ),
                ("witness", models.CharField(blank=True, help_text="Who saw the ECT sign", max_length=200)),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="on_paper", to="assessments.signature"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "signed"), models.Q(("witness", ""), _negated=True)),
                            models.Q(models.Q(("way", "signed"), _negated=True), ("witness", "")),
                            _connector="OR",
                        ),
                        name="paper_signature_was_witnessed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_again_on", None),
                                ("asked_on", None),
                                ("given_on__isnull", False),
                                ("way__in", ["signed"]),
                            ),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("given_on", None),
                                ("way", "silent"),
                                ("asked_again_on__gt", models.F("asked_on")),
                            ),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("given_on", None),
                                ("way", "declined"),
                                models.Q(
                                    ("asked_again_on__gt", models.F("asked_on")),
                                    ("asked_again_on", None),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="paper_signature_has_its_days",
                    ),
                ],
            },
        ),
        sealed("papercomment"),
        sealed("papersignature"),
    ]
