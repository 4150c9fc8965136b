"""What goes out of the office: messages to people, by gateways that are described by a table."""
