"""The studio: where editors write, publish, restore and archive articles."""
