"""What the server of `tests.faults.killed` imports and makes once, for all the children it forks.

Input: nothing. Output: modules, and the empty frames that `schemas` remembers. Raises nothing.
"""

from __future__ import annotations

import schemas
import tests.faults.killed  # noqa: F401  (all that a refresh needs)

for model in (*schemas.TABLES.values(), *schemas.AUDIT.values()):
    schemas.frame_of(model, [])
