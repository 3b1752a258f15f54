"""Reads concept notes and programmes as their authors write them, and makes meetings of them."""
