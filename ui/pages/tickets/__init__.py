"""Support on the screen: tickets with what is said about them, and the answers to what is asked often (VT-172…)."""
