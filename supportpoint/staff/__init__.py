"""Who may open a desk: a badge that a person carries and a PIN that the person knows, on this machine.

Neither is a key alone. There is no master PIN and no other way in: who loses the badge gets a new one
from a colleague whose badge still opens. No Qt and no database in here.
Source: docs/decisions/0017-drops-and-audit.md
"""
