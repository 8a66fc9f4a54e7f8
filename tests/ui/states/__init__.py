"""Every state of every page, by name. A new page or state is one line in one of the tables.

A name without a dot is the default state of its page, taken at every size and contrast; the numbers are those
of the design. Goldens, the accessibility tree and the pseudo-language walk this list.
"""

from __future__ import annotations

from tests.ui.states.answers import ANSWERS
from tests.ui.states.anytime import ANYTIME
from tests.ui.states.entry import ENTRY
from tests.ui.states.forms import FORMS
from tests.ui.states.making import State
from tests.ui.states.news import NEWS_STATES
from tests.ui.states.private import PRIVATE

STATES: dict[str, State] = ENTRY | ANSWERS | FORMS | PRIVATE | NEWS_STATES | ANYTIME
DEFAULTS = tuple(name for name in STATES if "." not in name)
