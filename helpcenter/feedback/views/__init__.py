"""The pages where editors read what readers wrote."""
