"""When words came to us stands beside the moment they count as of."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_draft_texts")]

    operations = [
        migrations.AddField(
            "contribution", "came_at", models.DateTimeField(default=timezone.now), preserve_default=False
        ),
    ]
