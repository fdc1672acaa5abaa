"""Addresses of coverage, gaps and overlaps."""

from django.urls import path

from iisg.knowledge.analysis import views

urlpatterns = [
    path("export/coverage/", views.export_coverage, name="export_coverage"),
    path("export/gaps/", views.export_gaps, name="export_gaps"),
    path("export/overlaps/", views.export_overlaps, name="export_overlaps"),
    path("export/relations/", views.export_relations, name="export_relations"),
    path("export/<int:pk>/", views.export_one, name="export_one"),
    path("export/<int:pk>/take/", views.export_take, name="export_take"),
    path("coverage/", views.coverage, name="coverage"),
    path("gaps/", views.gaps, name="gaps"),
    path("overlaps/", views.overlaps, name="overlaps"),
    path("timeline/", views.timeline, name="timeline"),
    path("network/", views.network, name="network"),
    path("map/", views.region_map, name="map"),
]
