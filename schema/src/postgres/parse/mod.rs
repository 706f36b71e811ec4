//! Tokens to a syntax tree: PostgreSQL's grammar (`gram.y`), rule for rule.
