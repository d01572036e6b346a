"""The facilitators' desk: reminders, codes and codings."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(model, on_delete=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=on_delete, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0010_draft_channel"),
        ("members", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", KEY),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("consultation", to("consultations.consultation", related_name="reminders")),
                ("organisation", to("members.organisation", related_name="+")),
                (
                    "sent_by",
                    to(settings.AUTH_USER_MODEL, django.db.models.deletion.SET_NULL, null=True, related_name="+"),
                ),
            ],
            options={"indexes": [models.Index(fields=["consultation", "-sent_at"], name="reminder_latest")]},
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", KEY),
                ("name", models.CharField(max_length=60, verbose_name="code")),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="what it means")),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("blue", "blue"),
                            ("orange", "orange"),
                            ("green", "green"),
                            ("yellow", "yellow"),
                            ("sky", "sky blue"),
                            ("red", "vermilion"),
                            ("purple", "purple"),
                            ("grey", "grey"),
                        ],
                        default="blue",
                        max_length=6,
                        verbose_name="colour",
                    ),
                ),
                ("consultation", to("consultations.consultation", related_name="codes")),
                ("made_by", to(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, related_name="+")),
            ],
            options={
                "verbose_name": "code",
                "ordering": ("consultation", "name"),
                "constraints": [models.UniqueConstraint(fields=("consultation", "name"), name="code_once")],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", KEY),
                ("coded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("coder", to(settings.AUTH_USER_MODEL, related_name="codings")),
                ("codes", models.ManyToManyField(blank=True, related_name="codings", to="consultations.code")),
                ("contribution", to("consultations.contribution", related_name="codings")),
            ],
            options={
                "verbose_name": "coding",
                "constraints": [models.UniqueConstraint(fields=("contribution", "coder"), name="coding_once")],
            },
        ),
    ]
