"""The report: the rapporteur's points, the compiled draft, the Word file."""
