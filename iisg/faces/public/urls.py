"""Addresses of the public face."""

from django.urls import path

from iisg.faces.public import views

urlpatterns = [
    path("", views.home, name="public_home"),
    path("projects/", views.projects, name="public_projects"),
    path("projects/<path:ref>/", views.project, name="public_project"),
    path("open-data/projects.<slug:form>", views.open_projects, name="open_projects"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:ref>/", views.organisation, name="organisation"),
    path("members/", views.members, name="members"),
    path("members/over-time/", views.members_over_time, name="members_over_time"),
    path("members/export/", views.export_members, name="export_members"),
    path("members/addresses/", views.member_addresses, name="member_addresses"),
    path("open-data/members.<slug:form>", views.open_members, name="open_members"),
    path("about/", views.about, name="about"),
]
