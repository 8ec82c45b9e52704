"""What is wrong with published articles: found from what each text points to, and judged as things stand now."""
