"""What comes from outside to be kept: mails in files and in a folder of a mail server (BX-14)."""
