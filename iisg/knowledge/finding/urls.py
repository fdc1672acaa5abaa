"""The address of search."""

from django.urls import path

from iisg.knowledge.finding import views

urlpatterns = [path("search/", views.search, name="search")]
