from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0011_items_stand_in_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="pause",
            options={
                "ordering": ("-pk",),
                "verbose_name": "pause of sending",
                "verbose_name_plural": "pauses of sending",
            },
        ),
        migrations.RemoveField(
            model_name="destination",
            name="first_sent_at",
        ),
        migrations.AddField(
            model_name="destination",
            name="full_until",
            field=models.DateTimeField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="destination",
            name="leases",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="letter",
            name="unanswered",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="letter",
            name="key",
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.AlterField(
            model_name="letter",
            name="message_id",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="letter",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "now"), (3, "next"), (5, "soon"), (9, "in bulk")], default=5
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", False)), fields=["sent_at"], name="letter_lately_sent"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("message_id",), name="letter_message_id_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("key",), name="letter_key_once"),
        ),
    ]
