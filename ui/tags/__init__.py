"""Tags on the screen: at a record, for marked rows, as a cloud, and a dialog that keeps them in order."""
