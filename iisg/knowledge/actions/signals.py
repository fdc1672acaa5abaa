"""What happened to actions and to files of them, told to the floors above."""

from django.dispatch import Signal

actions_changed = Signal()
"""Actions were recorded or changed, one by one or by a whole file; `keys`: their primary keys."""

reports_tied = Signal()
"""It was said, or taken back, that sums are reports of one; `keys`: primary keys of their actions."""

rates_changed = Signal()
"""Exchange rates were taken in or replaced; `currencies`: their three letters."""

import_examined = Signal()
"""A file was examined: `imported`, `at`. Its new records may look like recorded ones."""

import_applied = Signal()
"""A file was applied: `imported`, `wholes` (the references of a part and of its whole, as printed), `by`, `at`."""
