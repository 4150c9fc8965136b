"""The mail of the office: its server, who gets a mail and who does not, what stands in it, and putting it down (BX-14).

It is sent by `outgoing.mail`, through the same table of messages as everything else that is sent to people.
"""
