"""Addresses of the members' desk; a reference may hold any letters, so the longer addresses come first."""

from django.urls import path

from iisg.faces.desk.views import actions, home, judging, money, needs, organisations

urlpatterns = [
    path("desk/", home.desk_home, name="desk_home"),
    path("needs/", needs.needs, name="needs"),
    path("needs/<path:ref>/find/", judging.find_action, name="find_action"),
    path("needs/<path:ref>/", needs.need, name="need"),
    path("find-need/", judging.find_need, name="find_need"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<path:ref>/", actions.action, name="action"),
    path("money/", money.money, name="money"),
    path("money/figure/", money.figure, name="money_figure"),
    path("money/rates/", money.rates, name="money_rates"),
    path("money/reports/tie/", money.tie, name="tie_report"),
    path("money/reports/<int:pk>/choose/", money.choose, name="choose_report"),
    path("money/reports/<int:pk>/untie/", money.untie, name="untie_report"),
    path("judge/", judging.judge, name="judge"),
    path("judge/take-back/<int:pk>/", judging.take_back, name="take_back"),
    path("judge/follow-up/<int:pk>/", judging.follow_up, name="follow_up"),
    path(
        "organisations/unconfirmed/",
        organisations.unconfirmed_organisations,
        name="unconfirmed_organisations",
    ),
    path(
        "organisations/<slug:ref>/confirm/", organisations.confirm_organisation, name="confirm_organisation"
    ),
]
