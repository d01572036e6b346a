"""When the sender of an answer hears of it, where that is before their next issue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_squashed_0012_pace_of_sending")]

    operations = [
        migrations.AddField("answer", "tell_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddIndex(
            "answer",
            models.Index(
                fields=["tell_at"],
                condition=models.Q(("tell_at__isnull", False), ("told_at", None)),
                name="answer_soon",
            ),
        ),
    ]
