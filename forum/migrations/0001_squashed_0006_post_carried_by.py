"""Workspaces, seats, threads and posts: what the first six migrations came to. A fresh database takes this one step."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import forum.models.posts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("forum", "0001_initial"),
        ("forum", "0002_initial"),
        ("forum", "0003_posts_read_ahead"),
        ("forum", "0004_thread_latest"),
        ("forum", "0005_post_was_shown"),
        ("forum", "0006_post_carried_by"),
    ]

    initial = True

    dependencies = [
        ("journal", "0001_initial"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file", models.FileField(upload_to=forum.models.posts.file_path)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("post", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "Takes part"), ("moderator", "Moderates"), ("observer", "Reads only")],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="message")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="why you want to join")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waiting"), ("admitted", "admitted"), ("declined", "declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=240)),
                ("byline", models.CharField(blank=True, max_length=120)),
                ("byline_address", models.EmailField(blank=True, max_length=254)),
                (
                    "capacity",
                    models.CharField(
                        choices=[("personal", "personal"), ("organisation", "for an organisation")],
                        default="personal",
                        max_length=12,
                    ),
                ),
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
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2)),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(editable=False)),
                ("html_version", models.PositiveSmallIntegerField(default=0)),
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
                            ("published", "published"),
                            ("pending", "waiting for a moderator"),
                            ("declined", "declined"),
                            ("hidden", "hidden by a moderator"),
                            ("withdrawn", "withdrawn by its author"),
                            ("erased", "erased"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=400)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("revision_count", models.PositiveSmallIntegerField(default=0)),
                ("file_count", models.PositiveSmallIntegerField(default=0)),
                ("key", models.CharField(editable=False, max_length=100, null=True, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="members.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="forum.post",
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
                    ),
                ),
                ("was_shown", models.BooleanField(default=True, editable=False)),
                (
                    "carried_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "indexes": [
                    models.Index(fields=["author", "-sent_at"], name="post_by_author"),
                    models.Index(condition=models.Q(("state", "pending")), fields=["state"], name="post_pending"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="forum.post"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("post", "number"),
                "constraints": [models.UniqueConstraint(fields=("post", "number"), name="revision_number_unique")],
            },
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ahead", models.JSONField(default=list)),
                ("ahead_count", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "Takes part"), ("moderator", "Moderates"), ("observer", "Reads only")],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
            },
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Its web address and its mail address: a mail to this name starts a thread.",
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9-]*$", "Use small letters, digits and hyphens, a letter first."
                            )
                        ],
                        verbose_name="mail name",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, max_length=10000, verbose_name="description")),
                ("html", models.TextField(blank=True, editable=False)),
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
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "Members take a seat themselves"),
                            ("request", "Members ask, a moderator decides"),
                            ("invitation", "By invitation only"),
                        ],
                        default="request",
                        max_length=10,
                        verbose_name="how one joins",
                    ),
                ),
                (
                    "posting",
                    models.CharField(
                        choices=[
                            ("seated", "Everyone with a seat starts threads"),
                            ("moderators", "Only moderators start threads, everyone with a seat replies"),
                            ("announcements", "Only moderators post"),
                        ],
                        default="seated",
                        max_length=15,
                        verbose_name="who may post",
                    ),
                ),
                (
                    "moderation",
                    models.CharField(
                        choices=[
                            ("none", "Posts appear at once"),
                            ("first", "The first post of each member waits for a moderator"),
                            ("all", "Every post waits for a moderator"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="moderation",
                    ),
                ),
                ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                ("last_thread_number", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="workspace", to="journal.journal"
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="workspaces", through="forum.Seat", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True, related_name="workspaces", to="members.region", verbose_name="regions"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="workspaces", to="members.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "workspace",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="title")),
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
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_post_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("post_count", models.PositiveIntegerField(default=0)),
                ("is_pinned", models.BooleanField(default=False, verbose_name="pinned")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="threads", to="forum.workspace"
                    ),
                ),
            ],
            options={
                "verbose_name": "thread",
                "indexes": [
                    models.Index(fields=["workspace", "-is_pinned", "-last_post_at", "-id"], name="thread_in_order"),
                    models.Index(fields=["-last_post_at", "-id"], name="thread_latest"),
                ],
                "constraints": [models.UniqueConstraint(fields=("workspace", "number"), name="thread_number_unique")],
            },
        ),
        migrations.AddField(
            model_name="Attachment",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="Invitation",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="forum.workspace"
            ),
        ),
        migrations.AddField(
            model_name="JoinRequest",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="join_requests", to="forum.workspace"
            ),
        ),
        migrations.AddField(
            model_name="Post",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="forum.thread"
            ),
        ),
        migrations.AddField(
            model_name="ReadMark",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="read_marks", to="forum.thread"
            ),
        ),
        migrations.AddField(
            model_name="Seat",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="forum.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="Attachment",
            constraint=models.UniqueConstraint(fields=("post", "sha256", "name"), name="attachment_once"),
        ),
        migrations.AddConstraint(
            model_name="Invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None)), fields=("workspace", "email"), name="invitation_once_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="JoinRequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("workspace", "member"), name="join_request_once_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="Post",
            constraint=models.UniqueConstraint(fields=("thread", "number"), name="post_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="Post",
            constraint=models.UniqueConstraint(fields=("thread", "path"), name="post_path_unique"),
        ),
        migrations.AddConstraint(
            model_name="ReadMark",
            constraint=models.UniqueConstraint(fields=("member", "thread"), name="read_mark_once"),
        ),
        migrations.AddConstraint(
            model_name="Seat",
            constraint=models.UniqueConstraint(fields=("workspace", "member"), name="seat_once"),
        ),
    ]
