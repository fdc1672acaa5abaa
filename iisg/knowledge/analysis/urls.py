"""Addresses of coverage, gaps and overlaps."""

from django.urls import path

from iisg.knowledge.analysis import views

urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("gaps/", views.gaps, name="gaps"),
    path("overlaps/", views.overlaps, name="overlaps"),
    path("timeline/", views.timeline, name="timeline"),
    path("network/", views.network, name="network"),
    path("map/", views.region_map, name="map"),
]
