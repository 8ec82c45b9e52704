"""Articles of other help centers, from what their documented interfaces give as JSON."""
