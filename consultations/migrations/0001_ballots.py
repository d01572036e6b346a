import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("forum", "0001_squashed_0006_post_carried_by"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="question")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="explanation")),
                ("html", models.TextField(blank=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("yes_no", "Yes, no or abstain"),
                            ("choice", "One of several options"),
                            ("ranking", "Options in order of preference"),
                        ],
                        default="yes_no",
                        max_length=10,
                        verbose_name="how one votes",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("announced_at", models.DateTimeField(blank=True, null=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot",
                "ordering": ("-closes_at", "-pk"),
                "indexes": [
                    models.Index(fields=["workspace", "-closes_at"], name="ballot_in_room"),
                    models.Index(fields=["announced_at", "opens_at"], name="ballot_to_announce"),
                    models.Index(fields=["counted_at", "closes_at"], name="ballot_to_count"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="ballot_window"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200, verbose_name="option")),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="consultations.ballot"
                    ),
                ),
            ],
            options={
                "ordering": ("ballot", "position"),
                "constraints": [models.UniqueConstraint(fields=("ballot", "position"), name="option_once")],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "web"),
                            ("mail", "mail"),
                            ("paper", "paper"),
                            ("api", "API"),
                            ("import", "import"),
                        ],
                        default="web",
                        max_length=6,
                    ),
                ),
                ("cast_at", models.DateTimeField()),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="consultations.ballot"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "constraints": [models.UniqueConstraint(fields=("ballot", "member"), name="vote_once")],
            },
        ),
        migrations.CreateModel(
            name="WindowChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("old_closes_at", models.DateTimeField()),
                ("new_closes_at", models.DateTimeField()),
                ("authority", models.CharField(max_length=200, verbose_name="by authority of")),
                ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="consultations.ballot"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="window_changes", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a window",
                "ordering": ("workspace", "number"),
                "constraints": [models.UniqueConstraint(fields=("workspace", "number"), name="window_change_number")],
            },
        ),
    ]
