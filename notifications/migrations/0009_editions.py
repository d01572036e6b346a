"""What issues have in common is stored once, as an edition; a letter names its issue."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0008_doors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=7)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("head", models.TextField(blank=True)),
                ("items", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="issue",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issues",
                to="notifications.edition",
            ),
        ),
        migrations.AddField(model_name="issue", name="last", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="issue", name="first_item", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="issue", name="last_item", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="issue", name="news", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="issue", name="news_html", field=models.TextField(blank=True, default="")),
        migrations.AddField(
            model_name="issue", name="stop", field=models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.RenameField(model_name="letter", old_name="raw", new_name="stored"),
        migrations.AddField(
            model_name="letter",
            name="issue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="notifications.issue",
            ),
        ),
        migrations.AlterField(
            model_name="issue",
            name="letter",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="notifications.letter",
            ),
        ),
        migrations.AddField(model_name="letter", name="part", field=models.PositiveSmallIntegerField(default=0)),
    ]
