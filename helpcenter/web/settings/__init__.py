"""The page on which admins name the site and give it its looks, languages and hours."""
