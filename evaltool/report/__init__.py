"""What a run folder is turned into for people and other programs: the HTML report and the export formats."""
