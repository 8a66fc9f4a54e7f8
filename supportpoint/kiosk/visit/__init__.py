"""One person's stay: the open form, the way through it, its draft, and what must be gone afterwards.

`visit` holds the personal values, `walk` the place in the form, `service` opens and leaves forms,
`stage` carries all of these to the pages.
"""
