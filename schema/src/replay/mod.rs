//! Statements applied to the catalog, in order.
