"""Every address of the site, by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="language"),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("", include("members.urls")),
    path("", include("notifications.urls")),
    path("", include("forum.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("notifications.demo_urls")))
