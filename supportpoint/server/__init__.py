"""The provincial server: takes in sealed items, opens ordinary cases, gives the office its pages.

Apps share `registry` and never each other: `intake` speaks to devices, `opener` alone opens
envelopes, `office` serves people. Source: docs/decisions/0005-server.md
"""
