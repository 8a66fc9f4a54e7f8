"""What is spoken, by whom, and in which order. `chain` chooses, `player` plays; only the player knows Qt."""
