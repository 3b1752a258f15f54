"""Publishing a programme: as a numbered version, telling exactly those whom it concerns."""
