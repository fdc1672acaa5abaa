"""Addresses of the members' desk; a reference may hold any letters, so the longer addresses come first."""

from django.urls import path

from iisg.faces.desk.views import (
    actions,
    adding,
    changing,
    home,
    judging,
    money,
    needs,
    organisations,
    relating,
    relations,
    rounds,
    twins,
)

urlpatterns = [
    path("desk/", home.desk_home, name="desk_home"),
    path("export/needs/", needs.export_needs, name="export_needs"),
    path("export/actions/", actions.export_actions, name="export_actions"),
    path("needs/", needs.needs, name="needs"),
    path("needs/<path:ref>/find/", judging.find_action, name="find_action"),
    path("needs/<path:ref>/", needs.need, name="need"),
    path("find-need/", judging.find_need, name="find_need"),
    path("actions/", actions.actions, name="actions"),
    path("actions/add/", adding.add_action, name="add_action"),
    path("actions/<path:ref>/absence/", actions.action_absence, name="action_absence"),
    path("actions/<path:ref>/change/", changing.change, name="change_action"),
    path("actions/<path:ref>/confirm/", actions.action_confirm, name="action_confirm"),
    path("actions/<path:ref>/reports/", relating.action_reports, name="action_reports"),
    path("actions/<path:ref>/relate/", relating.find_related, name="find_related"),
    path("actions/<path:ref>/", actions.action, name="action"),
    path("relations/", relations.relations, name="relations"),
    path("relations/look/", relations.look_for_relations, name="look_for_relations"),
    path("relations/state/", relating.state_relation, name="state_relation"),
    path("relations/<int:pk>/", relations.relation, name="relation"),
    path("relations/<int:pk>/decide/", relations.decide_relation, name="decide_relation"),
    path("relations/<int:pk>/reverse/", relations.reverse_relation, name="reverse_relation"),
    path("rounds/<slug:ref>/", rounds.round_one, name="round"),
    path("rounds/<slug:ref>/<slug:member>/", rounds.round_member, name="round_member"),
    path("rounds/<slug:ref>/<slug:member>/note/", rounds.note_round_answer, name="note_round_answer"),
    path("rounds/<slug:ref>/<slug:member>/say/", rounds.state_round_answer, name="state_round_answer"),
    path(
        "rounds/<slug:ref>/<slug:member>/take-back/",
        rounds.take_round_answer_back,
        name="take_round_answer_back",
    ),
    path("imports/<int:pk>/twins/", twins.import_twins, name="import_twins"),
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
