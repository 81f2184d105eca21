"""The sandbox as a process of its own, spoken to over the providers' own protocols."""
