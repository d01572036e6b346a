"""Ballots have rules, a roll of electors that is frozen when they open, and an urn where they are secret."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_contribution_came_at"),
        ("members", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="vote",
            name="vote_once",
        ),
        migrations.AddField(
            model_name="ballot",
            name="base",
            field=models.CharField(
                choices=[
                    ("voting", "those voting, without those who abstain"),
                    ("present", "those present: who voted, abstained or said that they are there"),
                    ("roll", "all who may vote"),
                ],
                default="voting",
                max_length=10,
                verbose_name="of",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="grace_hours",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="grace for late mail, in hours"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="is_secret",
            field=models.BooleanField(default=False, verbose_name="secret"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="majority",
            field=models.CharField(blank=True, max_length=20, verbose_name="majority"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="method",
            field=models.CharField(
                blank=True,
                choices=[
                    ("schulze", "Schulze: the option that would win against each other one"),
                    ("irv", "Instant-runoff: the last leaves, round by round"),
                ],
                max_length=10,
                verbose_name="how it is counted",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="most",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ballot",
            name="opening_quorum",
            field=models.CharField(blank=True, max_length=20, verbose_name="quorum to open"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="quorum",
            field=models.CharField(blank=True, max_length=20, verbose_name="quorum to decide"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="roll_of",
            field=models.CharField(
                choices=[
                    ("members", "Each member with a seat has one vote"),
                    ("organisations", "Each organisation has one vote"),
                ],
                default="members",
                max_length=15,
                verbose_name="who votes",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="text_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="vote",
            name="in_grace",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="vote",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="votes",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="words",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="kind",
            field=models.CharField(
                choices=[
                    ("yes_no", "Yes, no or abstain"),
                    ("choice", "One of several options"),
                    ("approval", "Several options"),
                    ("ranking", "Options in order of preference"),
                    ("score", "A score for each option"),
                    ("consent", "Consent, reservation or objection"),
                    ("silence", "Silence procedure"),
                ],
                default="yes_no",
                max_length=10,
                verbose_name="how one votes",
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="value",
            field=models.CharField(max_length=200),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)), fields=("ballot", "member"), name="vote_of_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("ballot", "organisation"), name="vote_of_organisation_once"),
        ),
        migrations.CreateModel(
            name="Urn",
            fields=[
                (
                    "ballot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="urn",
                        serialize=False,
                        to="consultations.ballot",
                    ),
                ),
                ("sealed", models.TextField(blank=True)),
                ("papers", models.JSONField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "urn",
            },
        ),
        migrations.CreateModel(
            name="Elector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_voted", models.BooleanField(default=False)),
                ("is_present", models.BooleanField(default=False)),
                ("in_grace", models.BooleanField(default=False)),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="electors", to="consultations.ballot"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="electors",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="electors",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "elector",
                "ordering": ("ballot", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("ballot", "member"), name="elector_member_once"),
                    models.UniqueConstraint(fields=("ballot", "organisation"), name="elector_organisation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("member", None), ("organisation", None), _connector="XOR"),
                        name="elector_is_one_thing",
                    ),
                ],
            },
        ),
    ]
