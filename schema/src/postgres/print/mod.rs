//! Query trees as text, as `pg_get_expr` and its kin print them.
