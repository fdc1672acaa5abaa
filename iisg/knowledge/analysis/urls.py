"""Addresses of coverage, gaps and overlaps."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
