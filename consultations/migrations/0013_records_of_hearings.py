"""Notes, the record of a hearing, corrections to it, and its printed papers."""

import consultations.models.printings
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0012_live_ballots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("provisional", "provisional"), ("final", "final")],
                        default="draft",
                        max_length=11,
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=60000, verbose_name="the chair’s summary")),
                ("summary_version", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("provisional", models.JSONField(null=True)),
                ("provisional_sha256", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                ("corrections_until", models.DateTimeField(null=True, verbose_name="corrections until")),
                ("final", models.JSONField(null=True)),
                ("final_sha256", models.CharField(blank=True, max_length=64)),
                ("finalised_at", models.DateTimeField(null=True)),
                ("corrigendum", models.JSONField(default=list)),
                ("corrigendum_at", models.DateTimeField(null=True)),
                (
                    "hearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="record", to="consultations.hearing"
                    ),
                ),
                (
                    "summary_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record of a hearing",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paragraph", models.PositiveIntegerField(null=True)),
                ("why", models.TextField(max_length=4000)),
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
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "not decided yet"), ("accepted", "accepted"), ("declined", "declined")],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("text", "the words"), ("name", "the name of the speaker")],
                        default="text",
                        max_length=4,
                    ),
                ),
                ("was", models.TextField(blank=True)),
                ("reads", models.TextField(blank=True, max_length=60000)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="consultations.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "ordering": ("made_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="HearingPrinting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[("html", "HTML"), ("docx", "DOCX"), ("pdf", "PDF"), ("zip", "ZIP")], max_length=4
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh", "中文"),
                            ("ru", "Русский"),
                        ],
                        max_length=5,
                    ),
                ),
                ("seq", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting to be printed"), ("ready", "ready"), ("failed", "not printed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=400)),
                ("file", models.FileField(blank=True, upload_to=consultations.models.printings.printing_path)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("minutes", "Record of the hearing"),
                            ("record", "The whole record, with the program that checks it"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printings",
                        to="consultations.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "abstract": False,
                "indexes": [models.Index(fields=["state", "asked_at"], name="hearing_printing_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("hearing", "paper", "form", "language"),
                        name="hearing_printing_once_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=20000, verbose_name="text")),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("key", models.CharField(editable=False, max_length=60, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="consultations.item"
                    ),
                ),
                (
                    "rival_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rivals",
                        to="consultations.note",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="consultations.speaker",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "ordering": ("item", "written_at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("item", "key"), name="note_once")],
            },
        ),
    ]
