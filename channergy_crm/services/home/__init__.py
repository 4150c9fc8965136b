"""Home: what it consists of, where each operator has it, and what each block says (VT-14…VT-29)."""
