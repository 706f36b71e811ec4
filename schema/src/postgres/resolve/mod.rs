//! Syntax trees to query trees: what every name refers to, and what the engine's parse analysis refuses.
