"""Tickets on paper: PDF for A6 sheets and for the 80 mm rolls of thermal printers."""
