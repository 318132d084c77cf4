"""What the seller can do: one method is one act, one act is one step."""
