//! The syntax tree of one statement, as the grammar of PostgreSQL reads it.
