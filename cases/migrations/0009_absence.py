import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import induction_portal.accounts.models.people


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people"),
        ("cases", "0008_duties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sickness", "Sickness"),
                            ("compassionate", "Compassionate leave or bereavement"),
                            ("dependants", "Care of dependants"),
                            ("jury_service", "Jury service"),
                            ("strike", "Strike"),
                            ("unpaid", "Unpaid leave or unauthorised absence"),
                            ("religious", "Religious observance"),
                            ("parental_unpaid", "Unpaid parental leave"),
                            ("other", "Other"),
                            ("covid", "COVID-19"),
                            ("maternity", "Maternity leave"),
                            ("paternity", "Paternity leave"),
                            ("adoption", "Adoption leave"),
                            ("shared_parental", "Shared parental leave"),
                            ("parental_bereavement", "Parental bereavement leave"),
                            ("carers", "Carer’s leave"),
                            ("neonatal_care", "Neonatal care leave"),
                            ("training", "Training or induction activity"),
                            ("school_closure", "School closed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, help_text="Last day away; empty while still away", null=True)),
                (
                    "day_fraction",
                    models.DecimalField(decimal_places=2, default=1, help_text="Of one day (R27)", max_digits=3),
                ),
                ("elected", models.BooleanField(help_text="Whether the ECT chose to extend by it (R29)", null=True)),
                ("elected_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(help_text="The day the body confirmed the choice", null=True)),
                ("recorded_on", models.DateField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("withdrawn_on", models.DateField(help_text="The day it was taken back as wrong", null=True)),
                ("version", models.PositiveIntegerField(default=1, help_text="Goes up with every change")),
            ],
            options={
                "ordering": ["starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("part", models.PositiveSmallIntegerField()),
                ("figure", models.PositiveSmallIntegerField(help_text="Days, rounded up")),
                ("reached_on", models.DateField(help_text="The school day on which the total reached the figure")),
                ("raised_on", models.DateField()),
                ("sent_on", models.DateField(null=True)),
                ("settled_on", models.DateField(null=True)),
                ("acknowledged_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["part", "figure", "raised_on"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=2000)),
                ("written_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="agreement",
            name="agreement_kind_known",
        ),
        migrations.AddField(
            model_name="bodypolicy",
            name="absence_reading",
            field=models.CharField(
                choices=[("part_window", "PART_WINDOW"), ("calendar_prorata", "CALENDAR_PRORATA")],
                default="part_window",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="bodypolicy",
            name="part_day_as_full",
            field=models.BooleanField(default=False, help_text="R27"),
        ),
        migrations.AddField(
            model_name="deadline",
            name="waits",
            field=models.CharField(
                blank=True, help_text="return or choice: the day is not known until then (R29, R51)", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="schoolpolicy",
            name="absence_warning_from",
            field=models.PositiveSmallIntegerField(default=15, help_text="Days absent in a part (R38)"),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="kind",
            field=models.CharField(
                choices=[("pattern", "Working pattern"), ("served_total", "Service in all"), ("absence", "Absence")],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="subject_id",
            field=models.UUIDField(help_text="The pattern's or absence's id; of the served total the induction's"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pattern", "served_total", "absence"])), name="agreement_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodypolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence_reading__in", ["part_window", "calendar_prorata"])),
                name="body_policy_absence_reading_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits__in", ["", "return", "choice"])), name="deadline_waits_for_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence_warning_from__in", [5, 10, 15, 20, 25])),
                name="school_policy_warns_in_time",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="induction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.induction"
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="placement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.placement"
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="acknowledged_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="induction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.induction"
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="placement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.placement"
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="absencenotice",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="absencereason",
            name="absence",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reason", to="cases.absence"
            ),
        ),
        migrations.AddField(
            model_name="absencereason",
            name="written_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(
                condition=models.Q(("ends_on", None), ("withdrawn_on", None)),
                fields=["induction"],
                name="absence_still_away",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "sickness",
                            "compassionate",
                            "dependants",
                            "jury_service",
                            "strike",
                            "unpaid",
                            "religious",
                            "parental_unpaid",
                            "other",
                            "covid",
                            "maternity",
                            "paternity",
                            "adoption",
                            "shared_parental",
                            "parental_bereavement",
                            "carers",
                            "neonatal_care",
                            "training",
                            "school_closure",
                        ],
                    )
                ),
                name="absence_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="absence_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day_fraction", 1),
                    models.Q(("day_fraction__gt", 0), ("day_fraction__lt", 1), ("ends_on", models.F("starts_on"))),
                    _connector="OR",
                ),
                name="absence_part_of_one_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("elected", None), ("elected_on", None)),
                    models.Q(
                        ("elected__isnull", False),
                        ("elected_on__isnull", False),
                        ("ends_on__lt", models.F("elected_on")),
                        (
                            "kind__in",
                            [
                                "maternity",
                                "paternity",
                                "adoption",
                                "shared_parental",
                                "parental_bereavement",
                                "carers",
                                "neonatal_care",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="absence_chosen_after_leave",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by", None), ("confirmed_on", None)),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        ("confirmed_on__gte", models.F("elected_on")),
                        ("elected__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="absence_choice_confirmed_after_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("withdrawn_on", None)),
                expressions=[
                    ("induction", "="),
                    ("kind", "="),
                    (induction_portal.accounts.models.people.DateRange("starts_on", "ends_on"), "&&"),
                ],
                name="absence_one_of_a_kind_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__gte", 1), ("part__lte", 2)), name="absence_notice_of_a_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("figure__gte", 1), ("figure__lte", 30)), name="absence_notice_figure_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_by", None), ("settled_on", None)),
                    models.Q(("settled_by__isnull", False), ("settled_on__gte", models.F("raised_on"))),
                    _connector="OR",
                ),
                name="absence_notice_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_by", None), ("acknowledged_on", None)),
                    models.Q(
                        ("acknowledged_by__isnull", False),
                        ("acknowledged_on__gte", models.F("raised_on")),
                        ("figure", 30),
                    ),
                    _connector="OR",
                ),
                name="absence_notice_acknowledged_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_on", None),
                    models.Q(("figure", 30), ("sent_on__gte", models.F("raised_on"))),
                    _connector="OR",
                ),
                name="absence_notice_sent_at_30",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("induction", "part", "figure"),
                name="absence_notice_once_a_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencereason",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="absence_reason_says_something"
            ),
        ),
    ]
