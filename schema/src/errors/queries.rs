//! Queries and changes of rows.
