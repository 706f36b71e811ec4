//! SQL tokens, where a statement ends, and the normal form of a statement.
//!
//! Two sides must agree on what a token is: the compiler, which reads migrations, and the runtime, which compares
//! the text that a live database reports with the text that the compiler expects. Both use this crate, and it depends
//! on nothing.

mod boundary;
mod keyword;
mod normal_form;
#[cfg(feature = "postgres")]
pub mod postgres;
mod symbol;
mod table_text;
mod token;
mod tokenizer;

pub use boundary::Boundary;
pub use keyword::{Keyword, NameUse};
pub use normal_form::{normal_default, normal_form, normal_index, normal_trigger};
pub use symbol::Symbol;
pub use table_text::{ColumnText, TableText};
pub use token::{Quote, Token, TokenKind, dequote};
pub use tokenizer::tokenize;
