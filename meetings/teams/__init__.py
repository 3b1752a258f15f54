"""Teams: the online meeting of a sitting, through Microsoft Graph or a pasted link."""
