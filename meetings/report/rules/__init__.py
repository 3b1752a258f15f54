"""How a report is compiled: pure, from plain data (`material`) to a draft (`draft`) by fixed formulas (`compile`)."""
