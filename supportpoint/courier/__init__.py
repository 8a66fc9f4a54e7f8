"""The USB courier: sealed items out of a kiosk on a stick, answers back on the same one.

A courier file is made of sealed and signed things, so whoever carries it can read nothing, and nothing
it says counts by itself. `archive`, `heads` and `stick` are the file; `letters`, `relay`, `answers` and
`intaking` what a kiosk does with it. The server reads the same files in `server/intake/sticks.py`.
Source: docs/sync.md, docs/decisions/0014-courier.md
"""
