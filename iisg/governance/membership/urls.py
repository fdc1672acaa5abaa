"""Addresses of membership: the way in and the applicant's own pages."""

from django.urls import path

from iisg.governance.membership.views import applicant, applicant_case, applicant_form, applicant_paper

APPLICANT = [
    path("", applicant.becoming, name="become_a_member"),
    path("form.pdf", applicant.empty_form, name="empty_form"),
    path("your-data/", applicant.data_use, name="applicant_data_use"),
    path("start/", applicant.start, name="applicant_start"),
    path("confirm/<str:token>/", applicant.confirm, name="applicant_confirm"),
    path("confirm/<str:token>/<int:pk>/", applicant.go_on, name="applicant_go_on"),
    path("leave/", applicant.leave, name="applicant_leave"),
    path("form/", applicant_form.overview, name="applicant_form"),
    path("form/<str:token>/", applicant.enter, name="applicant_enter"),
    path("answers/check/", applicant_form.check, name="applicant_check"),
    path("answers/<slug:place>/", applicant_form.answers, name="applicant_answers"),
    path("link/", applicant_form.send_link, name="applicant_send_link"),
    path("paper/", applicant_paper.print_paper, name="applicant_print"),
    path("paper/<slug:which>/", applicant_paper.paper, name="applicant_paper"),
    path("handed-over/", applicant_case.handed_over, name="applicant_handed_over"),
    path("letters/<int:pk>/", applicant_case.letter, name="applicant_letter"),
    path("data/", applicant_case.data, name="applicant_data"),
    path("answer/", applicant_case.answer, name="applicant_answer"),
    path("withdraw/", applicant_case.withdraw, name="applicant_withdraw"),
    path("erase/", applicant_case.erase, name="applicant_erase"),
]

urlpatterns = [path(f"become-a-member/{each.pattern}", each.callback, name=each.name) for each in APPLICANT]
