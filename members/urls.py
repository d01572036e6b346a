"""Addresses of people and organisations."""

app_name = "members"
urlpatterns = []
