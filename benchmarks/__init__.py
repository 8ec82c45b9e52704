"""What the product promises about speed, measured beside a bare page on the same server in the same run."""
