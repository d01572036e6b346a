"""What hearings are made of: agenda, speakers, motions, questions, desk, transcript, bulletins, record."""

import consultations.models.printings
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import members.models.members
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0011_live_ballots"),
        ("forum", "0010_workspace_names_in_languages"),
        ("members", "0002_access_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskDocument",
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
                (
                    "series",
                    models.CharField(
                        choices=[
                            ("CRP", "Conference room paper"),
                            ("INF", "Information"),
                            ("L", "Draft decision"),
                            ("NGO", "Paper of an organisation"),
                        ],
                        default="CRP",
                        max_length=3,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("last_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("hearing", "series", "number"),
            },
        ),
        migrations.CreateModel(
            name="Hearing",
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
                    "timezone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[members.models.members.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
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
                        verbose_name="who may follow",
                    ),
                ),
                (
                    "is_by_invitation",
                    models.BooleanField(default=False, verbose_name="only invited organisations speak"),
                ),
                (
                    "confirms",
                    models.BooleanField(
                        default=False, verbose_name="requests to speak are confirmed by the speaker before the day"
                    ),
                ),
                (
                    "most_per_organisation",
                    models.PositiveSmallIntegerField(
                        blank=True, default=1, null=True, verbose_name="speakers of one organisation on an item"
                    ),
                ),
                ("seconds", models.PositiveSmallIntegerField(default=180, verbose_name="seconds to speak")),
                ("seconds_by_kind", models.JSONField(blank=True, default=dict)),
                (
                    "most_replies",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="rights of reply of one delegation on an item"
                    ),
                ),
                (
                    "replies_at_end_of_day",
                    models.BooleanField(default=False, verbose_name="replies are given at the end of the day"),
                ),
                (
                    "holds_questions",
                    models.BooleanField(default=False, verbose_name="questions are shown after a moderator let them"),
                ),
                ("last_motion", models.PositiveIntegerField(default=0, editable=False)),
                ("last_question", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="introduces_hearing",
                        to="forum.thread",
                    ),
                ),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearing", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "hearing",
                "ordering": ("-year", "-number"),
            },
        ),
        migrations.CreateModel(
            name="DeskVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("change", models.CharField(blank=True, max_length=400)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=400)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbered_versions",
                        to="consultations.deskdocument",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="desk_version", to="forum.post"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("document", "number"),
            },
        ),
        migrations.CreateModel(
            name="DeskFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="desk_file", to="forum.attachment"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="consultations.deskversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EndorsementMeter",
            fields=[
                (
                    "hearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="endorsement_meter",
                        serialize=False,
                        to="consultations.hearing",
                    ),
                ),
                ("told_at", models.DateTimeField(null=True)),
                ("is_due", models.BooleanField(db_index=True, default=False)),
            ],
        ),
        migrations.AddField(
            model_name="deskdocument",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="desk_documents", to="consultations.hearing"
            ),
        ),
        migrations.CreateModel(
            name="HearingPrinting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "paper",
                    models.CharField(
                        choices=[
                            ("minutes", "Record of the hearing"),
                            ("record", "The whole record, with the program that checks it"),
                        ],
                        max_length=12,
                    ),
                ),
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
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printings",
                        to="consultations.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitees", to="consultations.hearing"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hearings", to="members.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "invited organisation",
                "ordering": ("hearing", "organisation__name"),
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(editable=False, max_length=20)),
                ("sort_key", models.CharField(editable=False, max_length=20)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes planned")),
                ("takes_speakers", models.BooleanField(default=True, verbose_name="has a list of speakers")),
                (
                    "list_opens_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="the list of speakers opens"),
                ),
                (
                    "list_closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="the list of speakers closes"),
                ),
                ("list_opened_at", models.DateTimeField(editable=False, null=True)),
                ("list_closed_at", models.DateTimeField(editable=False, null=True)),
                ("asking_closed_at", models.DateTimeField(editable=False, null=True)),
                ("opened_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="consultations.hearing"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="consultations.item",
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item",
                        to="forum.thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the agenda",
                "ordering": ("hearing", "sort_key"),
            },
        ),
        migrations.AddField(
            model_name="hearing",
            name="current_item",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="consultations.item",
            ),
        ),
        migrations.AddField(
            model_name="deskdocument",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desk_documents",
                to="consultations.item",
            ),
        ),
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("after", models.PositiveBigIntegerField()),
                ("closing", models.PositiveBigIntegerField()),
                ("said", models.JSONField()),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bulletins",
                        to="consultations.hearing",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulletins", to="consultations.item"
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.CreateModel(
            name="LiveQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "text",
                    models.TextField(max_length=1000, validators=[django.core.validators.MaxLengthValidator(1000)]),
                ),
                ("html", models.TextField(editable=False)),
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
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "waiting for a moderator"),
                            ("shown", "asked"),
                            ("shortlisted", "shortlisted"),
                            ("taken", "taken up"),
                            ("answered", "answered"),
                            ("merged", "merged into another"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn by its author"),
                            ("erased", "erased"),
                        ],
                        default="shown",
                        max_length=11,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=400)),
                ("was_shown", models.BooleanField(default=True, editable=False)),
                ("endorsement_count", models.PositiveIntegerField(default=0, editable=False)),
                ("told_count", models.PositiveIntegerField(default=0, editable=False)),
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
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("answered_live_at", models.DateTimeField(blank=True, null=True)),
                ("redactions", models.JSONField(blank=True, default=list, editable=False)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions_put_to_them",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="live_questions",
                        to="consultations.hearing",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="live_questions",
                        to="consultations.item",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="consultations.livequestion",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_questions",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("endorsed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="consultations.livequestion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[("formal", "Formal vote"), ("straw", "Straw poll: binds nobody")],
                        default="formal",
                        max_length=6,
                        verbose_name="form",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("show", "Electronic, by name"),
                            ("roll_call", "Roll call"),
                            ("secret", "Secret"),
                            ("hall", "Counted in the hall, or by phone"),
                        ],
                        default="show",
                        max_length=9,
                        verbose_name="how one votes",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="question")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="text")),
                ("html", models.TextField(blank=True, editable=False)),
                ("rules", models.JSONField(blank=True, default=dict)),
                ("mover", models.CharField(blank=True, max_length=200, verbose_name="moved by")),
                ("seconder", models.CharField(blank=True, max_length=200, verbose_name="seconded by")),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=1000)),
                ("lot", models.JSONField(blank=True, null=True)),
                ("cast_told", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "ballot",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motion",
                        to="consultations.ballot",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="motions", to="consultations.hearing"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="consultations.item"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moved_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="members.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "motion",
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "when",
                    models.CharField(
                        choices=[("before", "before the vote"), ("after", "after the vote")], max_length=6
                    ),
                ),
                ("text", models.TextField(max_length=6000, verbose_name="explanation of vote")),
                ("html", models.TextField(blank=True, editable=False)),
                ("language", models.CharField(blank=True, max_length=5)),
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
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="members.organisation",
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="explanations",
                        to="consultations.motion",
                    ),
                ),
            ],
            options={
                "verbose_name": "explanation of vote",
                "ordering": ("motion", "written_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("said", models.CharField(blank=True, max_length=10)),
                ("is_sent", models.BooleanField(default=False)),
                ("corrections", models.PositiveSmallIntegerField(default=0)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "elector",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="call", to="consultations.elector"
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="consultations.motion"
                    ),
                ),
            ],
            options={
                "verbose_name": "name of a roll call",
                "ordering": ("motion", "place"),
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("chair", "Chair"), ("secretary", "Secretary"), ("note_taker", "Note-taker")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="officers", to="consultations.hearing"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "officer",
                "ordering": ("hearing", "role", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("provisional", "provisional"), ("final", "final")],
                        default="draft",
                        max_length=11,
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=60000, verbose_name="the chair’s summary")),
                ("summary_version", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("provisional", models.JSONField(null=True)),
                ("provisional_sha256", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                ("corrections_until", models.DateTimeField(null=True, verbose_name="corrections until")),
                ("final", models.JSONField(null=True)),
                ("final_sha256", models.CharField(blank=True, max_length=64)),
                ("finalised_at", models.DateTimeField(null=True)),
                ("corrigendum", models.JSONField(default=list)),
                ("corrigendum_at", models.DateTimeField(null=True)),
                (
                    "hearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="record", to="consultations.hearing"
                    ),
                ),
                (
                    "summary_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record of a hearing",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paragraph", models.PositiveIntegerField(null=True)),
                ("why", models.TextField(max_length=4000)),
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
                (
                    "part",
                    models.CharField(
                        choices=[("text", "the words"), ("name", "the name of the speaker")],
                        default="text",
                        max_length=4,
                    ),
                ),
                ("was", models.TextField(blank=True)),
                ("reads", models.TextField(blank=True, max_length=60000)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
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
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="consultations.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "ordering": ("made_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("change_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("opened_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="consultations.hearing"
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.AddField(
            model_name="item",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items",
                to="consultations.session",
            ),
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be confirmed by a second officer"),
                            ("confirmed", "confirmed"),
                            ("replaced", "replaced by a recount"),
                            ("discarded", "discarded"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("other_figures", models.JSONField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "elector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="consultations.elector",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="consultations.motion"
                    ),
                ),
                (
                    "other_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "votes entered by an officer",
                "ordering": ("motion", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "queue",
                    models.CharField(
                        choices=[
                            ("list", "List of speakers"),
                            ("point", "Point of order"),
                            ("reply", "Right of reply"),
                        ],
                        default="list",
                        max_length=5,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField()),
                ("announced_as", models.CharField(blank=True, max_length=200, verbose_name="who will speak")),
                ("gender", models.CharField(blank=True, max_length=20, verbose_name="gender, if declared")),
                ("category", models.CharField(blank=True, max_length=20)),
                ("region", models.CharField(blank=True, max_length=80)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("is_first_time", models.BooleanField(default=False)),
                ("priority", models.PositiveSmallIntegerField(default=0)),
                ("seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
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
                        verbose_name="language of the speech",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note for the secretary")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "not confirmed yet"),
                            ("listed", "waiting"),
                            ("speaking", "has the floor"),
                            ("spoke", "spoke"),
                            ("withdrawn", "withdrew"),
                            ("absent", "was called and not there"),
                        ],
                        default="listed",
                        max_length=10,
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
                ("point", models.CharField(blank=True, max_length=400, verbose_name="what it is about")),
                (
                    "ruling",
                    models.CharField(
                        blank=True, choices=[("upheld", "upheld"), ("overruled", "not upheld")], max_length=10
                    ),
                ),
                ("ruling_reason", models.CharField(blank=True, max_length=1000)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("appeal", models.CharField(blank=True, max_length=40)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told_place", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("told_turn_at", models.DateTimeField(editable=False, null=True)),
                ("letter_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speakers", to="consultations.item"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speakers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speakers",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "ordering": ("item", "queue", "place", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=20000, verbose_name="text")),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("key", models.CharField(editable=False, max_length=60, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="consultations.item"
                    ),
                ),
                (
                    "rival_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rivals",
                        to="consultations.note",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="consultations.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "ordering": ("item", "written_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("allotted", models.PositiveIntegerField()),
                ("extended", models.PositiveIntegerField(default=0)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_seconds", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("corrected_seconds", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="consultations.hearing",
                    ),
                ),
                (
                    "speaker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delivery", to="consultations.speaker"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "ordering": ("hearing", "started_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Caption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("speaker_name", models.CharField(blank=True, max_length=200)),
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
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                ("correction_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_because", models.CharField(blank=True, max_length=400)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="captions", to="consultations.hearing"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="captions",
                        to="consultations.item",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="captions",
                        to="consultations.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ("hearing", "number"),
            },
        ),
        migrations.CreateModel(
            name="Speech",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("ahead", "handed in before"), ("delivered", "as delivered")], max_length=10
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
                        verbose_name="language",
                    ),
                ),
                ("text", models.TextField(max_length=60000, verbose_name="text")),
                ("html", models.TextField(blank=True, editable=False)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speeches", to="consultations.speaker"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a speaker",
                "ordering": ("speaker", "stage", "language"),
            },
        ),
        migrations.CreateModel(
            name="TimeAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("seconds", models.PositiveIntegerField(verbose_name="seconds")),
                ("correction", models.IntegerField(default=0, editable=False)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="accounts", to="consultations.hearing"
                    ),
                ),
            ],
            options={
                "verbose_name": "shared time",
                "ordering": ("hearing", "name"),
            },
        ),
        migrations.AddField(
            model_name="speaker",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="speakers",
                to="consultations.timeaccount",
            ),
        ),
        migrations.CreateModel(
            name="WrittenAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(max_length=20000)),
                ("html", models.TextField(editable=False)),
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
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="consultations.livequestion",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("question", "number"),
            },
        ),
        migrations.CreateModel(
            name="CaptionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=1000)),
                ("speaker_name", models.CharField(blank=True, max_length=200)),
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
                    ),
                ),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "caption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="consultations.caption"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("caption", "number"),
                "constraints": [models.UniqueConstraint(fields=("caption", "number"), name="caption_change_number")],
            },
        ),
        migrations.AddConstraint(
            model_name="deskversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="desk_version_number"),
        ),
        migrations.AddIndex(
            model_name="hearingprinting",
            index=models.Index(fields=["state", "asked_at"], name="hearing_printing_queue"),
        ),
        migrations.AddConstraint(
            model_name="hearingprinting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("hearing", "paper", "form", "language"),
                name="hearing_printing_once_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.UniqueConstraint(fields=("hearing", "organisation"), name="invitee_once"),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="hearing_number"),
        ),
        migrations.AddConstraint(
            model_name="deskdocument",
            constraint=models.UniqueConstraint(fields=("hearing", "series", "number"), name="desk_document_number"),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="bulletin_number"),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(fields=("hearing", "closing"), name="bulletin_once"),
        ),
        migrations.AddIndex(
            model_name="livequestion",
            index=models.Index(
                models.F("hearing"),
                models.OrderBy(models.F("endorsement_count"), descending=True),
                models.F("number"),
                name="live_question_wanted",
            ),
        ),
        migrations.AddIndex(
            model_name="livequestion",
            index=models.Index(fields=["item", "author"], name="live_question_of_author"),
        ),
        migrations.AddConstraint(
            model_name="livequestion",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="live_question_number"),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(fields=("question", "member"), name="endorsement_once"),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="motion_number"),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)),
                fields=("motion", "when", "member"),
                name="explanation_of_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                fields=("motion", "when", "organisation"), name="explanation_of_organisation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("motion", "place"), name="call_place"),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.UniqueConstraint(fields=("hearing", "member"), name="officer_once"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="session_number"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_window"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["hearing", "sort_key"], name="item_in_order"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="sheet_of_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("elector", None), ("state__in", ["waiting", "confirmed"])),
                fields=("motion", "state"),
                name="sheet_of_hall_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("motion", "elector"), name="sheet_of_elector_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(fields=("item", "key"), name="note_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("paused_at", None)),
                fields=("hearing",),
                name="delivery_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="caption",
            index=models.Index(fields=["item", "number"], name="caption_of_item"),
        ),
        migrations.AddConstraint(
            model_name="caption",
            constraint=models.UniqueConstraint(fields=("hearing", "number"), name="caption_number"),
        ),
        migrations.AddConstraint(
            model_name="speech",
            constraint=models.UniqueConstraint(fields=("speaker", "stage", "language"), name="speech_once"),
        ),
        migrations.AddConstraint(
            model_name="timeaccount",
            constraint=models.UniqueConstraint(fields=("hearing", "name"), name="time_account_name"),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(fields=["item", "queue", "state", "place"], name="speaker_in_order"),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="speaker_number"),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "speaking"), models.Q(("queue", "point"), _negated=True)),
                fields=("item",),
                name="speaker_one_speaks",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("queue", "point"), ("state", "speaking")),
                fields=("item",),
                name="speaker_one_point",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenanswer",
            constraint=models.UniqueConstraint(fields=("question", "number"), name="written_answer_number"),
        ),
    ]
