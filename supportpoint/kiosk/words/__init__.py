"""What the kiosk writes itself: Vietnamese letters and tones, dates, numbers, masks, page translations."""
