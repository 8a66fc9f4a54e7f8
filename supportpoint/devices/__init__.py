"""The devices of a kiosk behind small protocols, with an honest stand-in of each.

`scanner` and `camera` hold the protocols; `fakes` draws and feeds what a demonstration needs and says
so on its pictures; `citizen_card` reads the text of a citizen card's QR; `photo` makes a picture fit
to send and measures what it can measure; `qr` makes a QR.
"""
