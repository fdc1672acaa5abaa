"""Addresses of the imports."""

from django.urls import path

from iisg.knowledge.actions import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("templates/", views.import_templates, name="import_templates"),
    path("<int:pk>/", views.import_one, name="import_one"),
    path("<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("<int:pk>/names/", views.import_names, name="import_names"),
    path("<int:pk>/missing/", views.import_missing, name="import_missing"),
    path("<int:pk>/conflicts/", views.import_conflicts, name="import_conflicts"),
    path("<int:pk>/version/", views.import_version, name="import_version"),
    path("<int:pk>/elsewhere/", views.import_elsewhere, name="import_elsewhere"),
    path("<int:pk>/apply/", views.import_apply, name="import_apply"),
    path("<int:pk>/again/", views.import_again, name="import_again"),
    path("<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("<int:pk>/copy/", views.import_copy, name="import_copy"),
]
