"""The rules of the trade: pure values and functions, nothing of disks, networks or windows."""
