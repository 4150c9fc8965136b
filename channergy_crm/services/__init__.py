"""What operators do: one public function is one unit of work, allowed or refused in one place, undone in one step."""
