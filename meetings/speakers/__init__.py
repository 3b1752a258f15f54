"""Those who are asked to speak: whether they agree, and how the programme names them."""
