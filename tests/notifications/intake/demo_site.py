"""The addresses of a demo: the site's own and the outbox."""

from config.urls import urlpatterns as site
from notifications import demo_urls

urlpatterns = [*site, *demo_urls.urlpatterns]
