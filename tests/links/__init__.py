"""A bad link between two network namespaces of our own, packet by packet."""
