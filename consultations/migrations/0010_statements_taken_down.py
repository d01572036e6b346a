"""A statement that is shown can be taken down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_names_of_rooms")]

    operations = [
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting for a facilitator"),
                    ("shown", "shown"),
                    ("declined", "declined"),
                    ("hidden", "taken down"),
                ],
                default="waiting",
                max_length=8,
            ),
        )
    ]
