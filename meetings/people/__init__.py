"""People: registrations, personal pages, who takes part."""
