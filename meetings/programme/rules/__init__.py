"""What the programme decides by itself: order, warnings, keys, and how lists are written in a text box."""
