"""What people read: the words and numbers of each message, as a WhatsApp template and as an e-mail.

Pure: a message's facts, a person and an office go in, text comes out.
"""
