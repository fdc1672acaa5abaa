"""Indexes: the actions of a body, and the public ones by title and time; kind and stage are in the summaries now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0013_taking_back'),
        ('orgs', '0001_initial'),
        ('pillars', '0002_the_three_pillars'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='action',
            name='actions_of_a_kind',
        ),
        migrations.RemoveIndex(
            model_name='action',
            name='actions_at_a_stage',
        ),
        migrations.RemoveIndex(
            model_name='action',
            name='actions_by_title',
        ),
        migrations.AlterField(
            model_name='party',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='orgs.organisation'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['title_key', 'ref', 'withdrawn_at', 'is_public'], name='actions_by_title'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['is_public', 'withdrawn_at', 'stage', 'start_on', 'end_on'], name='public_in_time'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['organisation', 'action', 'role'], name='actions_of_a_body'),
        ),
    ]
