"""A ballot may be live: opened and closed by the chair of a hearing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0010_statements_taken_down"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="hall",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="ballot",
            name="is_called",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="ballot",
            name="is_straw",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="ballot",
            name="kept_by",
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="ballot",
            name="mail_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="ballot",
            name="settling",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "web"),
                    ("mail", "mail"),
                    ("paper", "paper"),
                    ("api", "API"),
                    ("import", "import"),
                    ("phone", "by phone"),
                    ("called", "called by name"),
                ],
                default="web",
                max_length=6,
            ),
        ),
    ]
