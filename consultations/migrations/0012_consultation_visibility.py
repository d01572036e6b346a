from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0011_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "Public: anyone may read"),
                    ("members", "Members: anyone signed in may read"),
                    ("private", "Private: only those with a seat may read"),
                ],
                default="members",
                max_length=10,
                verbose_name="who may read",
            ),
        ),
    ]
