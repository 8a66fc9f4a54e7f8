"""The devices' interface `/api/v1`: verifies, stores and acknowledges. It opens nothing.

Source: docs/decisions/0005-server.md
"""
