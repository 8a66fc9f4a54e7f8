"""The kiosk application: shows state, turns touches into calls. Qt Quick pages live in `qml/`.

`bootstrap` is the only composition root, `tasks` the only thread code, `navigator` the only
navigation. `pages` has the view models, `visit` everything that belongs to one person and is wiped when
they leave, `words` and `pictures` what the pages write and show, `trials` the devices tried by hand.
`parts` names what bootstrap makes, `reactions` joins it, `link` runs the sync loop. The sentences of the
pages stand in QML and in the form.
"""
