//! PostgreSQL's tokens, keywords and ends of statements.

mod boundary;
mod bytes;
mod keyword;
mod literal;
mod name;
mod normal_form;
mod operator;
mod symbol;
mod token;
mod tokenizer;

#[cfg(test)]
mod tests;

pub use boundary::Boundary;
pub use keyword::{Category, Keyword, Label};
pub use literal::{InvalidLiteral, is_escape_character, joined_literal, string_value};
pub use name::{MAX_NAME, cut_name, fold_name, name_value, quote_name, quote_name_since};
pub use normal_form::normal_form;
pub use symbol::Symbol;
pub use token::{Fault, Token, TokenKind};
pub use tokenizer::{Tokenizer, tokenize};
