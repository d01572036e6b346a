"""Draft texts: documents, their versions and paragraphs, and what is said of these."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_statements"),
        ("forum", "0007_thread_kept_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("comment", "comment"), ("amendment", "proposal")], default="comment", max_length=9
                    ),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment",
                        to="consultations.contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "ordering": ("paragraph", "contribution"),
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("replace", "new wording"),
                            ("delete", "delete"),
                            ("insert", "new paragraph after it"),
                        ],
                        max_length=7,
                    ),
                ),
                ("proposed", models.TextField(blank=True, verbose_name="proposed wording")),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("taken", "taken"), ("declined", "declined")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendment",
                        to="consultations.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "ordering": ("comment",),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("last_key", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="consultations.phase",
                        verbose_name="phase",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ("consultation", "number"),
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("heading", "heading"), ("paragraph", "numbered paragraph"), ("text", "text")],
                        max_length=9,
                    ),
                ),
                ("key", models.CharField(max_length=12)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("label", models.CharField(blank=True, max_length=60)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("text", models.TextField()),
                (
                    "thread",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraph",
                        to="forum.thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph",
                "ordering": ("version", "place"),
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="paragraph",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="consultations.paragraph"
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh", "中文"),
                            ("ru", "Русский"),
                        ],
                        default="en",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=2000, verbose_name="what has changed")),
                ("source", models.BinaryField()),
                ("source_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("problems", models.JSONField(default=list, editable=False)),
                ("report", models.JSONField(default=dict, editable=False)),
                ("paragraph_count", models.PositiveIntegerField(default=0, editable=False)),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consultations.document",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="consultations.phase"
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "ordering": ("document", "number"),
            },
        ),
        migrations.AddField(
            model_name="paragraph",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="paragraphs", to="consultations.version"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="current",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="current_of",
                to="consultations.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="version_number"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)), fields=("document",), name="version_one_in_preparation"
            ),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(fields=("version", "place"), name="paragraph_place"),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="paragraph_key"),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(
                condition=models.Q(("label", ""), _negated=True), fields=("version", "label"), name="paragraph_label"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("consultation", "number"), name="document_number"),
        ),
    ]
