"""Tests of those who are asked to speak."""
