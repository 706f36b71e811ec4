//! Tokens to a syntax tree: PostgreSQL's grammar (`gram.y`), rule for rule.
//!
//! The engine's parser is generated from some 3,000 rules. This one is written by hand, a function for each rule or
//! small family of rules, and decides every choice as the generated one does. What the engine refuses while it builds the
//! tree, before it knows any object, is refused here too.

pub mod cursor;
pub mod names;
