"""Addresses of workspaces, threads and posts. Each deed has the name of its service."""

from django.urls import path

from forum.live.news import news
from forum.views import attachments, posts, seats, threads, workspaces

app_name = "forum"
urlpatterns = [
    path("", workspaces.home, name="home"),
    path("workspaces/", workspaces.workspaces, name="workspaces"),
    path("workspaces/new/", workspaces.create_workspace, name="create_workspace"),
    path("workspaces/<slug:slug>/", workspaces.workspace, name="workspace"),
    path("workspaces/<slug:slug>/change/", workspaces.change_workspace, name="change_workspace"),
    path("workspaces/<slug:slug>/close/", workspaces.close_workspace, name="close_workspace"),
    path("workspaces/<slug:slug>/reopen/", workspaces.reopen_workspace, name="reopen_workspace"),
    path("workspaces/<slug:slug>/start/", threads.start, name="start"),
    path("workspaces/<slug:slug>/pending/", posts.pending, name="pending"),
    path("workspaces/<slug:slug>/seats/", seats.seats, name="seats"),
    path("workspaces/<slug:slug>/join/", seats.join, name="join"),
    path("workspaces/<slug:slug>/request/", seats.request_seat, name="request_seat"),
    path("workspaces/<slug:slug>/leave/", seats.leave, name="leave"),
    path("workspaces/<slug:slug>/invite/", seats.invite, name="invite"),
    path("requests/<int:pk>/admit/", seats.admit, name="admit"),
    path("requests/<int:pk>/decline/", seats.decline_seat, name="decline_seat"),
    path("seats/<int:pk>/appoint/", seats.appoint, name="appoint"),
    path("seats/<int:pk>/dismiss/", seats.dismiss, name="dismiss"),
    path("invitations/<str:token>/", seats.accept, name="accept"),
    path("threads/<int:pk>/", threads.thread, name="thread"),
    path("threads/<int:pk>/reply/", posts.reply, name="reply"),
    path("threads/<int:pk>/unread/", threads.unread, name="unread"),
    path("threads/<int:pk>/read/", threads.mark_read, name="mark_read"),
    path("threads/<int:pk>/close/", threads.close, name="close"),
    path("threads/<int:pk>/reopen/", threads.reopen, name="reopen"),
    path("threads/<int:pk>/pin/", threads.pin, name="pin"),
    path("threads/<int:pk>/unpin/", threads.unpin, name="unpin"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/revisions/", posts.revisions, name="revisions"),
    path("posts/<int:pk>/withdraw/", posts.withdraw, name="withdraw"),
    path("posts/<int:pk>/redact/", posts.redact, name="redact"),
    path("posts/<int:pk>/hide/", posts.hide, name="hide"),
    path("posts/<int:pk>/restore/", posts.restore, name="restore"),
    path("posts/<int:pk>/approve/", posts.approve, name="approve"),
    path("posts/<int:pk>/decline/", posts.decline, name="decline"),
    path("posts/<int:pk>/erase/", posts.erase, name="erase"),
    path("live/<slug:name>/<int:pk>/news.json", news, name="news"),
    path("files/<int:pk>/text/", attachments.words, name="words"),
    path("files/<int:pk>/small/", attachments.small, name="small"),
    path("files/<int:pk>/<str:name>", attachments.attachment, name="attachment"),
]
