//! Generates Rust from a replayed catalog.
