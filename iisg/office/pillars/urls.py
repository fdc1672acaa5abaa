"""Addresses of focal points: the member's own link, the list, the Secretariat's pages."""

from django.urls import path

from iisg.office.pillars.views import keeping, listing, naming

urlpatterns = [
    path("focal-points/named/<str:token>/", naming.name_focal_points, name="name_focal_points"),
    path("focal-points/named/<str:token>/done/", naming.focal_points_named, name="focal_points_named"),
    path("focal-points/", listing.focal_points, name="focal_points"),
    path("focal-points/export/", listing.export_focal_points, name="export_focal_points"),
    path("focal-points/requests/", keeping.focal_point_requests, name="focal_point_requests"),
    path("focal-points/requests/new/", keeping.new_focal_point_request, name="new_focal_point_request"),
    path(
        "focal-points/requests/<int:pk>/remind/",
        keeping.remind_of_focal_points,
        name="remind_of_focal_points",
    ),
    path(
        "focal-points/requests/<int:pk>/close/",
        keeping.close_focal_point_request,
        name="close_focal_point_request",
    ),
    path("focal-points/enter/<slug:ref>/", keeping.enter_focal_points, name="enter_focal_points"),
    path("focal-points/<int:pk>/end/", keeping.end_focal_point, name="end_focal_point"),
]
