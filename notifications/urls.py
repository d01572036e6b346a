"""Addresses of mail settings and one-click unsubscribe."""

app_name = "notifications"
urlpatterns = []
