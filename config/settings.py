"""Settings, all of them, read from the environment. Each is explained in docs/settings.md.

Without any variable set, this is a site on SQLite under `var/`, on http://localhost:8000, whose mail is
kept in a local Maildir. Whatever a public site cannot do without is asked for by name.
"""

import secrets
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


class Env(environ.Env):
    def get_value(self, var, cast=None, **options):
        try:
            return super().get_value(var, cast, **options)
        except ValueError as error:
            wanted = {int: "a whole number", float: "a number", date.fromisoformat: "a day such as 2026-11-21"}[cast]
            raise ImproperlyConfigured(
                f"{var} is {self.ENVIRON[var]!r}. Set it to {wanted}; docs/settings.md says what it does."
            ) from error


env = Env()


def secret_key():
    """The operator's SECRET_KEY, or one made on first start and kept readable by its owner only."""
    if given := env.str("SECRET_KEY", ""):
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


# -- The site ----------------------------------------------------------------------------------------------
DATA = Path(env.str("DATA", str(BASE_DIR / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_NAME = env.str("SITE_NAME", "Alphorn")
REFERENCE_PREFIX = env.str("REFERENCE_PREFIX", "ALP")
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}, which is no web address. Set it to the address people open, "
        "for example https://forum.example.org."
    )
IS_SECURE = _site.scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
SIGNUP_OPEN = env.bool("SIGNUP_OPEN", True)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# -- The house, from the lowest floor up -------------------------------------------------------------------
# Daphne is no app here: it is for `runserver` alone, and each worker and door would carry Twisted, 18 MB, in vain.
INSTALLED_APPS = [
    "core",
    "journal",
    "members",
    "forum",
    "notifications",
    "consultations",
    "config",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PlainRequestMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "core.middleware.TagMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.RefusedMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
            ]
        },
    }
]

# -- Database, wake-ups, files -----------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{DATA / 'alphorn.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Immediate transactions wait for the writer before them instead of failing half-way; FULL keeps what was
    # committed through a power cut, which the promise that nothing accepted is lost needs. What is erased is written
    # over with zeros, as most builds of SQLite do, and not all.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000;"
        ),
    }
elif env.bool("DATABASE_PREPARE", True):
    # What is asked again and again is planned once: half of the time that a mail costs the database.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DATABASES["default"].setdefault("CONN_MAX_AGE", env.int("DATABASE_CONN_MAX_AGE", 60))
WEB_THREADS = env.int("WEB_THREADS", 4)
REDIS_URL = env.str("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        # Room for the counts of core/rates.py of all who come in a minute: who is let go may try again.
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    )
}
WAKE_SECONDS = env.float("WAKE_SECONDS", 0.25)
LIVE_PAGES_PER_ADDRESS = env.int("LIVE_PAGES_PER_ADDRESS", 5000)
LIVE_PAGES_PER_MEMBER = env.int("LIVE_PAGES_PER_MEMBER", 100)
MEDIA_ROOT = DATA / "files"
MEDIA_URL = "/files/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATICFILES_STORAGE", "core.statics.Storage")},
}
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
MAX_FILE_BYTES = env.int("MAX_FILE_BYTES", 10_000_000)
MAX_FILES_PER_POST = env.int("MAX_FILES_PER_POST", 10)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# -- Mail --------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "notifications.outbox.EmailBackend"
EMAIL_URL = env.str("EMAIL_URL", f"maildir://{DATA / 'mail'}")
SENDING_PER_DOMAIN = env.int("SENDING_PER_DOMAIN", 0)
WARM_UP_SINCE = env("WARM_UP_SINCE", date.fromisoformat) if env.str("WARM_UP_SINCE", "") else None
REPLY_DOMAIN = env.str("REPLY_DOMAIN", _site.hostname)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <notices@{REPLY_DOMAIN}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LMTP_HOST = env.str("LMTP_HOST", "127.0.0.1")
LMTP_PORT = env.int("LMTP_PORT", 8024)
POLICY_PORT = env.int("POLICY_PORT", 0)
IMAP_URL = env.str("IMAP_URL", "")
IMAP_TAKEN = env.str("IMAP_TAKEN", "")
IMAP_ASIDE = env.str("IMAP_ASIDE", "Alphorn-aside")
IMAP_SECONDS = env.float("IMAP_SECONDS", 60)
WEBHOOK_PROVIDER = env.str("WEBHOOK_PROVIDER", "")
WEBHOOK_SECRET = env.str("WEBHOOK_SECRET", "")
WEBHOOK_KEY = env.str("WEBHOOK_KEY", "")
MAX_MAIL_BYTES = env.int("MAX_MAIL_BYTES", 25_000_000)
MAX_MAILS_PER_HOUR = env.int("MAX_MAILS_PER_HOUR", 200)
MAX_UNKNOWN_BYTES_PER_DAY = env.int("MAX_UNKNOWN_BYTES_PER_DAY", 500_000_000)
AUTHSERV_ID = env.str("AUTHSERV_ID", "")
TRUSTED_RELAYS = env.list("TRUSTED_RELAYS", default=[])
SENDER_CHECK = env.str("SENDER_CHECK", "auto")
if SENDER_CHECK not in ("auto", "dkim", "off"):
    raise ImproperlyConfigured(
        f"SENDER_CHECK is {SENDER_CHECK!r}. Set it to auto, dkim or off; docs/settings.md says what each does."
    )

# Days for which bytes are kept; 0 is for ever. What became of a mail is always kept.
KEEP_ARRIVALS_DAYS = env.int("KEEP_ARRIVALS_DAYS", 1095)
KEEP_REPORTS_DAYS = env.int("KEEP_REPORTS_DAYS", 90)
KEEP_LETTERS_DAYS = env.int("KEEP_LETTERS_DAYS", 400)

# -- Sign-in (django-allauth) ------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_MAX_EMAIL_ADDRESSES = 4
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE

# -- Languages and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("ru", _("Russian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "core.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# -- Browsers ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", SITE_URL.replace("http", "ws", 1)],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_SECURE else "csrf"
LANGUAGE_COOKIE_NAME = "language"
CSRF_FAILURE_VIEW = "core.views.expired"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- Logs: ids, never addresses ----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"brief": {"()": "core.logs.Brief"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["brief"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "daphne.http_protocol": {"level": "WARNING"},
        "daphne.ws_protocol": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "mail.log": {"level": "WARNING"},
    },
}
