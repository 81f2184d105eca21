"""A voice for hall boards whose device has none, and the recordings that an office made itself.

    board ── GET …/announcements/A-012/1/id.wav ──▶ Announcer ── is it called now? ──▶ Synthesizer
                                                                                          │ a process
                                                                           speak.py ◀─────┘ for a sentence
                                                                              │ loads
                                                                        libespeak-ng (GPL-3.0-or-later)

The library is loaded by that process alone, which imports nothing of ours and is spoken to by its command
line, standard input and output (docs/adr/0045-who-says-a-call.md).
"""
