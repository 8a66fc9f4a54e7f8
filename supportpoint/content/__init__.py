"""Signed, versioned packages: verify, install, read. One file per form version, one shelf per machine.

    data = write_package(manifest, files, sign)          # province side
    shelf = Shelf(data_dir); shelf.install(data, keyset)  # kiosk and server side
    shelf.open_form("birth-registration").files["form.xml"]

Law, fees, lists and wording travel this way and are never constants in code. Source: docs/packages.md
"""
