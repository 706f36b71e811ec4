//! The `migrations!` macro.
