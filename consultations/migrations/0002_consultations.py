"""Consultations with all their nouns; ballots by rules, rolls and quorums."""

import consultations.models.printings
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0001_ballots"),
        ("forum", "0008_redactions"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="vote",
            name="vote_once",
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=60000, verbose_name="text")),
                ("html", models.TextField(blank=True, editable=False)),
                ("versions", models.JSONField(blank=True, default=dict, editable=False)),
                ("year", models.PositiveSmallIntegerField(editable=False)),
                ("number", models.PositiveSmallIntegerField(editable=False)),
                (
                    "preset",
                    models.CharField(
                        choices=[
                            ("discussion", "Open discussion on questions (as FAO does)"),
                            ("draft", "Comments on a draft text (as the CBD does)"),
                            ("survey", "Survey: closed questions and statements"),
                            ("two_rounds", "Two rounds on a draft text"),
                        ],
                        default="discussion",
                        max_length=12,
                        verbose_name="form",
                    ),
                ),
                ("sponsor", models.CharField(blank=True, max_length=200, verbose_name="sponsor")),
                (
                    "participation",
                    models.CharField(
                        choices=[
                            ("seated", "Everyone with a seat"),
                            ("members", "Every member"),
                            ("organisations", "Organisations, with one position each on a question"),
                        ],
                        default="seated",
                        max_length=15,
                        verbose_name="who takes part",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
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
                (
                    "clearing",
                    models.CharField(
                        choices=[
                            ("none", "Whoever holds a mandate speaks for the organisation"),
                            ("colleague", "A colleague with a mandate has to agree first"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="clearing",
                    ),
                ),
                (
                    "grace_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="grace for late mail, in hours"),
                ),
                ("last_number", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introduces",
                        to="forum.thread",
                    ),
                ),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consultation", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "ordering": ("-year", "-number"),
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="consultation_number")],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="code")),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="what it means")),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("blue", "blue"),
                            ("orange", "orange"),
                            ("green", "green"),
                            ("yellow", "yellow"),
                            ("sky", "sky blue"),
                            ("red", "vermilion"),
                            ("purple", "purple"),
                            ("grey", "grey"),
                        ],
                        default="blue",
                        max_length=6,
                        verbose_name="colour",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "code",
                "ordering": ("consultation", "name"),
                "constraints": [models.UniqueConstraint(fields=("consultation", "name"), name="code_once")],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("government", "Government"),
                            ("intergovernmental", "Intergovernmental organisation"),
                            ("women", "Women"),
                            ("youth", "Children and youth"),
                            ("indigenous", "Indigenous peoples"),
                            ("ngo", "Non-governmental organisations"),
                            ("local", "Local authorities"),
                            ("workers", "Workers and trade unions"),
                            ("business", "Business and industry"),
                            ("science", "Scientific and technological community"),
                            ("farmers", "Farmers"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("consultation", "member"), name="declaration_once")],
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
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("questions", "Questions"),
                            ("draft", "Draft text"),
                            ("statements", "Statements"),
                            ("ballot", "Ballot"),
                            ("synthesis", "Synthesis"),
                            ("results", "Results"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("first_closes_at", models.DateTimeField(editable=False)),
                ("opened_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "ordering": ("consultation", "opens_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="phase_window"
                    )
                ],
                "indexes": [
                    models.Index(fields=["opened_at", "opens_at"], name="phase_to_open"),
                    models.Index(fields=["closed_at", "closes_at"], name="phase_to_close"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("question", "Proceedings by question"),
                            ("organisation", "Proceedings by organisation"),
                            ("synthesis", "Synthesis"),
                            ("record", "The whole record, with the program that checks it"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("html", "HTML"), ("docx", "DOCX"), ("pdf", "PDF"), ("zip", "ZIP")], max_length=4
                    ),
                ),
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
                        max_length=5,
                    ),
                ),
                ("seq", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting to be printed"), ("ready", "ready"), ("failed", "not printed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=400)),
                ("file", models.FileField(blank=True, upload_to=consultations.models.printings.printing_path)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printings",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("consultation", "paper", "form", "language"),
                        name="printing_once_waiting",
                    )
                ],
                "indexes": [models.Index(fields=["state", "asked_at"], name="printing_queue")],
            },
        ),
        migrations.CreateModel(
            name="ProgressMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField()),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress_mail",
                        to="consultations.consultation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=60000, verbose_name="text")),
                ("html", models.TextField(blank=True, editable=False)),
                ("versions", models.JSONField(blank=True, default=dict, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="consultations.phase"
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question",
                        to="forum.thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "ordering": ("consultation", "number"),
                "constraints": [models.UniqueConstraint(fields=("consultation", "number"), name="question_number")],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "stamp",
                    models.CharField(
                        choices=[
                            ("original", "original period"),
                            ("extended", "extended period"),
                            ("grace", "sent before the close, arrived after it"),
                            ("late", "late, accepted"),
                        ],
                        default="original",
                        max_length=10,
                    ),
                ),
                ("moment", models.DateTimeField()),
                ("came_at", models.DateTimeField()),
                ("accepted_because", models.CharField(blank=True, max_length=400)),
                ("is_position", models.BooleanField(default=False)),
                ("consent", models.CharField(blank=True, max_length=400)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="members.organisation",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contribution", to="forum.post"
                    ),
                ),
                (
                    "superseded_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="consultations.contribution",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="consultations.phase",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="consultations.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "ordering": ("consultation", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="contribution_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_position", True), ("superseded_by", None)),
                        fields=("question", "organisation"),
                        name="position_once",
                    ),
                ],
                "indexes": [models.Index(fields=["question", "number"], name="contribution_on_question")],
            },
        ),
        migrations.CreateModel(
            name="Association",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="associations",
                        to="members.organisation",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="associations",
                        to="consultations.contribution",
                    ),
                ),
            ],
            options={
                "ordering": ("contribution", "made_at"),
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "organisation"), name="association_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("coded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("codes", models.ManyToManyField(blank=True, related_name="codings", to="consultations.code")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="consultations.contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "coding",
                "constraints": [models.UniqueConstraint(fields=("contribution", "coder"), name="coding_once")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="text")),
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "being written"),
                            ("asked", "waiting for colleagues"),
                            ("refused", "a colleague does not agree"),
                            ("sent", "sent"),
                            ("dropped", "dropped"),
                        ],
                        default="writing",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="position_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="consultations.contribution",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="members.organisation"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="consultations.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a position",
                "ordering": ("-changed_at",),
                "indexes": [models.Index(fields=["question", "organisation", "state"], name="draft_of_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("given", "agrees"), ("refused", "does not agree")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("said", models.TextField(blank=True, max_length=4000)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clearances", to="consultations.draft"
                    ),
                ),
            ],
            options={
                "ordering": ("draft", "asked_at"),
                "constraints": [models.UniqueConstraint(fields=("draft", "member"), name="clearance_once")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.organisation"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["consultation", "-sent_at"], name="reminder_latest")],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "text",
                    models.CharField(
                        max_length=1000,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="statement",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh", "中文"),
                            ("ru", "Русский"),
                        ],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a facilitator"),
                            ("shown", "shown"),
                            ("declined", "declined"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=400)),
                ("opinion_count", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="consultations.phase"
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "ordering": ("consultation", "number"),
                "constraints": [models.UniqueConstraint(fields=("consultation", "number"), name="statement_number")],
                "indexes": [models.Index(fields=["phase", "state", "opinion_count", "number"], name="statement_next")],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("agree", "agree"), ("disagree", "disagree"), ("pass", "pass")], max_length=8
                    ),
                ),
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
                ("said_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="consultations.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion",
                "constraints": [models.UniqueConstraint(fields=("statement", "member"), name="opinion_once")],
            },
        ),
        migrations.CreateModel(
            name="Synthesis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
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
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("drafting", "being written"), ("published", "published")],
                        default="drafting",
                        max_length=9,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days to object",
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=400)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="synthesis",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "synthesis",
            },
        ),
        migrations.CreateModel(
            name="Corrigendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "synthesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrigenda",
                        to="consultations.synthesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "corrigendum",
                "ordering": ("synthesis", "number"),
                "constraints": [models.UniqueConstraint(fields=("synthesis", "number"), name="corrigendum_number")],
            },
        ),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("sentence", "sentence"), ("heading", "heading")], default="sentence", max_length=8
                    ),
                ),
                ("starts_paragraph", models.BooleanField(default=False)),
                ("text", models.CharField(max_length=2000)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "synthesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sentences",
                        to="consultations.synthesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "sentence",
                "ordering": ("synthesis", "place"),
                "indexes": [models.Index(fields=["synthesis", "dropped_at", "place"], name="sentence_in_place")],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="consultations.contribution",
                    ),
                ),
                (
                    "sentence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="consultations.sentence",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=4000)),
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
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "not decided yet"), ("accepted", "accepted"), ("declined", "declined")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("was", models.TextField(blank=True)),
                ("corrected", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "corrigendum",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="consultations.corrigendum",
                    ),
                ),
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sentence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="consultations.sentence",
                    ),
                ),
                (
                    "synthesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="consultations.synthesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "ordering": ("made_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=4000, verbose_name="recommendation")),
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
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "accepted"), ("part", "accepted in part"), ("refused", "not accepted")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=4000, verbose_name="why")),
                ("replied_at", models.DateTimeField(null=True)),
                ("body", models.CharField(blank=True, max_length=200, verbose_name="responsible body")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "planned"),
                            ("under_way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "body_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sentences",
                    models.ManyToManyField(blank=True, related_name="recommendations", to="consultations.sentence"),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "ordering": ("consultation", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="recommendation_number")
                ],
                "indexes": [models.Index(fields=["changed_at"], name="recommendation_changed")],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("under_way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=2000, verbose_name="note")),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="consultations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sentence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="consultations.sentence"
                    ),
                ),
            ],
            options={
                "ordering": ("made_at", "pk"),
            },
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
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("said", models.TextField()),
                ("starts_paragraph", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sentence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="consultations.sentence",
                    ),
                ),
            ],
            options={
                "ordering": ("sentence", "revision"),
                "constraints": [models.UniqueConstraint(fields=("sentence", "revision"), name="wording_once")],
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
                "constraints": [models.UniqueConstraint(fields=("consultation", "number"), name="document_number")],
            },
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
                "constraints": [
                    models.UniqueConstraint(fields=("document", "number"), name="version_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("document",),
                        name="version_one_in_preparation",
                    ),
                ],
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
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="consultations.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph",
                "ordering": ("version", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "place"), name="paragraph_place"),
                    models.UniqueConstraint(fields=("version", "key"), name="paragraph_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("label", ""), _negated=True),
                        fields=("version", "label"),
                        name="paragraph_label",
                    ),
                ],
            },
        ),
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
                (
                    "paragraph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="consultations.paragraph",
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
        migrations.AddField(
            model_name="Document",
            name="current",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="current_of",
                to="consultations.version",
            ),
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
        migrations.AddField(
            model_name="windowchange",
            name="new_opens_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="windowchange",
            name="old_opens_at",
            field=models.DateTimeField(null=True),
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
        migrations.AlterField(
            model_name="windowchange",
            name="ballot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="consultations.ballot",
            ),
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
        migrations.AddField(
            model_name="ballot",
            name="phase",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ballots",
                to="consultations.phase",
            ),
        ),
        migrations.AddField(
            model_name="windowchange",
            name="phase",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="consultations.phase"
            ),
        ),
        migrations.AddConstraint(
            model_name="windowchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("phase", None), ("ballot", None), _connector="XOR"),
                name="window_change_of_one_thing",
            ),
        ),
    ]
