"""Addresses of the demonstration sign-in; the real one is allauth's."""

from django.urls import path

from iisg.foundations.accounts import views

urlpatterns = [path("demonstration/sign-in/", views.demo_sign_in, name="demo_sign_in")]
