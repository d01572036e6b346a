import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils.dateparse import parse_datetime


def keep(apps, _schema_editor):
    """What was taken out of questions goes where all that was taken out is."""
    takeouts = apps.get_model("consultations", "Takeout")
    for question in apps.get_model("consultations", "LiveQuestion").objects.exclude(redactions=[]).iterator():
        for one in question.redactions:
            takeouts.objects.create(
                hearing_id=question.hearing_id,
                about=f"live_question:{question.pk}",
                member_id=question.author_id,
                passage=one["passage"],
                reason=one["reason"][:400],
                made_by_id=one["by"],
                made_at=parse_datetime(one["at"]),
            )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0013_annulled_ballots"),
    ]

    operations = [
        migrations.CreateModel(
            name="Takeout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=60)),
                ("passage", models.TextField()),
                ("reason", models.CharField(max_length=400)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takeouts",
                        to="consultations.hearing",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["hearing", "about"], name="takeout_about")],
            },
        ),
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="livequestion", name="redactions"),
    ]
