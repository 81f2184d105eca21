"""Tickets on paper: PDF for A6 sheets and 80 mm rolls, and the hall's numbers for receipt printers."""
