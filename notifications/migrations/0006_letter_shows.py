from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_suspensions_and_retention")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="shows",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
