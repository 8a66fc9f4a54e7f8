"""The kiosk application: shows state, turns touches into calls. Qt Quick pages live in `qml/`.

`bootstrap` is the only composition root, `tasks` the only thread code, `navigator` the only
navigation, `visit` everything that belongs to one person and is wiped when they leave. A view model
serves one page or two and sends ids and values, never sentences: the words stand in QML and in the
form. Dates and numbers in words are the exception (`words`).
"""
