"""Envelopes, signatures, keysets, receipt codes and mailboxes: pure functions over bytes.

No file, no clock, no network, no state. Source: docs/envelope.md, docs/security.md
"""
