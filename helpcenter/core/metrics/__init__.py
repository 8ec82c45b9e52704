"""What a monitor can read: what the processes of this machine counted, and what the database says at the moment."""
