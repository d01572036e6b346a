"""Every address of the site, by app."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.views import healthz, metrics
from members.views import account

admin.site.login = secure_admin_login(admin.site.login)
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("language/", set_language, name="language"),
    path("admin/", admin.site.urls),
    path("account/login/", account.login, name="account_login"),
    path("account/password/<path:rest>", account.password),
    path("account/", include("allauth.urls")),
    path("", include("members.urls")),
    path("", include("notifications.urls")),
    path("", include("consultations.hearings.urls")),
    path("", include("consultations.urls")),
    path("", include("forum.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("notifications.demo_urls")))
