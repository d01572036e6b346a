"""Papers that a worker prints."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import consultations.models.printings
from core import languages


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0008_rolls_of_earlier_ballots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("question", "Proceedings by question"),
                            ("organisation", "Proceedings by organisation"),
                            ("synthesis", "Synthesis"),
                            ("record", "The whole record, with the program that checks it"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("html", "HTML"), ("docx", "DOCX"), ("pdf", "PDF"), ("zip", "ZIP")], max_length=4
                    ),
                ),
                ("language", models.CharField(choices=languages.CHOICES, max_length=5)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be printed"),
                            ("ready", "ready"),
                            ("failed", "not printed"),
                        ],
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
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printings",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "indexes": [models.Index(fields=["state", "asked_at"], name="printing_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("consultation", "paper", "form", "language"),
                        name="printing_once_waiting",
                    )
                ],
            },
        ),
    ]
