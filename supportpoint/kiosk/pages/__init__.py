"""The view models: one for a page or two, named like its page.

They turn touches into calls and send ids and values, never sentences. One may stand on another
(`question` on its keyboard, dates and communes), never in a circle.
"""
