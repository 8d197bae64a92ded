"""The nouns of mobile youth work and their laws; standard library only."""
