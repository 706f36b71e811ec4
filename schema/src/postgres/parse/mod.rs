//! Tokens to a syntax tree: PostgreSQL's grammar (`gram.y`), rule for rule.
//!
//! The engine's parser is generated from some 3,000 rules. This one is written by hand, a function for each rule or
//! small family of rules, and decides every choice as the generated one does. What the engine refuses while it builds the
//! tree, before it knows any object, is refused here too.

mod call;
mod constant;
pub mod cursor;
mod dml;
mod expr;
mod from;
mod merge;
pub mod names;
mod nesting;
mod operand;
mod parameter;
mod query;
mod special;
mod target;
mod type_name;
mod window;
mod with;
mod xml;
mod xml_table;
