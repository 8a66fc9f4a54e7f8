"""Its own process and the only holder of the intake key: opens ordinary cases and checks them again."""
