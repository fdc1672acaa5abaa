"""The statements of the Annex as the Board approved them on 2 February 2021, version 1 of each."""

from datetime import date

from django.db import migrations

STATEMENTS = (
    (
        "interest",
        "Confirms interest to become an IISG member and to participate in the relevant meetings of the Support Group's "
        "three pillars and as an observer to the Board meetings.",
    ),
    (
        "information",
        "Understands that information will be requested and gathered on each IISG member's Actions in the security area "
        "in the Western Balkans and that access to a Secure Database containing this information will be provided, "
        "enabling all IISG members to obtain a comprehensive overview of all actions and to increase synergies and avoid "
        "duplications.",
    ),
    (
        "no-sensitive-information",
        "Understands that an IISG member is not expected to share sensitive information, such as operational law "
        "enforcement information or intelligence information, and that all activities under the IISG should be carried "
        "out without prejudice to existing forms of operational cooperation.",
    ),
    (
        "support",
        "Expresses support to the IISG processes and by this document would like to request to be part of the IISG "
        "processes.",
    ),
)


def enter(apps, schema_editor):
    text = apps.get_model("membership", "UndertakingText")
    for order, (slug, words) in enumerate(STATEMENTS, start=1):
        text.objects.get_or_create(
            slug=slug, version=1, defaults={"order": order, "text": words, "valid_from": date(2021, 2, 2)}
        )


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
