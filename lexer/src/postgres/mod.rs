//! Tokens, keywords and the ends of statements in PostgreSQL.
