"""What belongs to no single package: home, errors, headers, navigation, feeds, sitemap."""
