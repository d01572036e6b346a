"""A session of a published hearing may be cancelled, and then stays in calendars as such."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0013_records_of_hearings")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="cancelled_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
