"""Items are found by their number in the member's issues; what editions replaced goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0010_issues_have_editions")]

    operations = [
        migrations.RemoveField(model_name="answer", name="item"),
        migrations.DeleteModel(name="IssueItem"),
        migrations.RemoveField(model_name="issue", name="letter"),
        migrations.RemoveField(model_name="issue", name="text"),
        migrations.AlterField(
            model_name="issue",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="notifications.edition"
            ),
        ),
        migrations.AlterField(model_name="issue", name="news", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="issue", name="news_html", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="issue", name="stop", field=models.CharField(blank=True, max_length=300)),
        migrations.AddIndex(
            model_name="issue", index=models.Index(fields=["member", "first_item"], name="issue_by_item")
        ),
    ]
