"""The programme: meetings, their concept notes, sittings and sessions; the public pages."""
