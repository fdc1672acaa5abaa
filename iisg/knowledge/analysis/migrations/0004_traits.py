"""Kind, stage and assistance in the summaries of actions; `iisg prepare` counts them anew, for the rules changed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0009_said_of_files'),
        ('analysis', '0003_exports'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='actionspan',
            name='actions_on_a_day',
        ),
        migrations.RemoveIndex(
            model_name='actionsum',
            name='sums_of_actions',
        ),
        migrations.AddField(
            model_name='actionspan',
            name='traits',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='actionsum',
            name='traits',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='actionspan',
            index=models.Index(fields=['running', 'apart', 'has_sum', 'until', 'since', 'reaches', 'pillars', 'traits', 'action'], name='actions_on_a_day'),
        ),
        migrations.AddIndex(
            model_name='actionsum',
            index=models.Index(fields=['state', 'currency', 'reaches', 'pillars', 'traits', 'cents', 'action'], name='sums_of_actions'),
        ),
    ]
