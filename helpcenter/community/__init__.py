"""Where people answer each other: questions and experiences, answers, solutions, who was helped."""
