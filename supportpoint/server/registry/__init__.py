"""What the server knows: every model, and the rules that more than one app needs."""
