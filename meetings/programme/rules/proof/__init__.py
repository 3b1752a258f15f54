"""The proof-reader: what an organiser should look at again in a programme. It never stops anybody."""
