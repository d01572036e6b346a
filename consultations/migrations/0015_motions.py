"""What a hearing puts to the vote."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0014_cancelled_sessions"),
        ("members", "0002_access_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[("formal", "Formal vote"), ("straw", "Straw poll: binds nobody")],
                        default="formal",
                        max_length=6,
                        verbose_name="form",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("show", "Electronic, by name"),
                            ("roll_call", "Roll call"),
                            ("secret", "Secret"),
                            ("hall", "Counted in the hall, or by phone"),
                        ],
                        default="show",
                        max_length=9,
                        verbose_name="how one votes",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="question")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="text")),
                ("html", models.TextField(blank=True, editable=False)),
                ("rules", models.JSONField(blank=True, default=dict)),
                ("mover", models.CharField(blank=True, max_length=200, verbose_name="moved by")),
                ("seconder", models.CharField(blank=True, max_length=200, verbose_name="seconded by")),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=1000)),
                ("lot", models.JSONField(blank=True, null=True)),
                (
                    "ballot",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motion",
                        to="consultations.ballot",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="motions", to="consultations.hearing"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="consultations.item"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moved_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="members.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "motion",
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "when",
                    models.CharField(
                        choices=[("before", "before the vote"), ("after", "after the vote")], max_length=6
                    ),
                ),
                ("text", models.TextField(max_length=6000, verbose_name="explanation of vote")),
                ("html", models.TextField(blank=True, editable=False)),
                ("language", models.CharField(blank=True, max_length=5)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("mail", "mail"),
                            ("paper", "paper"),
                            ("api", "API"),
                            ("import", "import"),
                        ],
                        default="web",
                        max_length=6,
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="members.organisation",
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="explanations",
                        to="consultations.motion",
                    ),
                ),
            ],
            options={
                "verbose_name": "explanation of vote",
                "ordering": ("motion", "written_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("said", models.CharField(blank=True, max_length=10)),
                ("is_sent", models.BooleanField(default=False)),
                ("corrections", models.PositiveSmallIntegerField(default=0)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "elector",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="call", to="consultations.elector"
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="consultations.motion"
                    ),
                ),
            ],
            options={
                "verbose_name": "name of a roll call",
                "ordering": ("motion", "place"),
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be confirmed by a second officer"),
                            ("confirmed", "confirmed"),
                            ("replaced", "replaced by a recount"),
                            ("discarded", "discarded"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("other_figures", models.JSONField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "elector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="consultations.elector",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="consultations.motion"
                    ),
                ),
                (
                    "other_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "votes entered by an officer",
                "ordering": ("motion", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="motion_number"),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)),
                fields=("motion", "when", "member"),
                name="explanation_of_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                fields=("motion", "when", "organisation"), name="explanation_of_organisation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("motion", "place"), name="call_place"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="sheet_of_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("elector", None), ("state__in", ["waiting", "confirmed"])),
                fields=("motion", "state"),
                name="sheet_of_hall_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("motion", "elector"), name="sheet_of_elector_once"
            ),
        ),
    ]
