"""A draft remembers by which way its words came, so that the contribution it becomes says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_printings")]

    operations = [
        migrations.AddField(
            "draft",
            "channel",
            models.CharField(
                choices=[("web", "web"), ("mail", "mail"), ("paper", "paper"), ("api", "API"), ("import", "import")],
                default="web",
                max_length=6,
            ),
        ),
    ]
