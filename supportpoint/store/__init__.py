"""The kiosk's database and the files beside it; nothing else opens them.

Start at `store.Store`. What a villager was told is saved survives a kill and a power cut, and "save
the case and queue it" is one transaction. Source: docs/decisions/0001-outbox.md
"""
