"""What happened to judgements and relations, told to the floors above."""

from django.dispatch import Signal

response_changed = Signal()
"""An action was judged for a need, or a judgement was taken back; `need`: the need's primary key."""

relation_changed = Signal()
"""A relation began to count, or ceased to, or another report speaks; `keys`: primary keys of the actions concerned."""
