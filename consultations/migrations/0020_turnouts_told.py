"""While a vote of a hearing is open, the journal tells now and then how many have voted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0019_bulletins")]

    operations = [
        migrations.AddField(
            model_name="motion",
            name="cast_told",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
