"""Addresses of workspaces, threads and posts."""

app_name = "forum"
urlpatterns = []
