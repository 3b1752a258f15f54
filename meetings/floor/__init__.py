"""The floor: requests, turns, and the cap that no grant can pass."""
