"""What people are told of: on a page of their own and by mail, each kind as they wish it."""
