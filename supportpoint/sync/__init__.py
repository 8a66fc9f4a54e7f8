"""One sealed case, one road: push what waits, pull what is new, and lose nothing on the way.

Blocking and Qt-free, with no thread of its own: whoever calls brings the thread, the stop event
and, for two uploads at a time, an executor. Source: docs/sync.md.
"""
