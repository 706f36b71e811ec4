//! Source text: files, byte spans into them, and the tokens of a statement.

mod line_index;
mod source;
mod span;
mod token;

pub use line_index::{LineColumn, LineIndex};
pub use source::{SourceFile, Sources};
pub use span::{FileId, Span};
pub use token::{Ident, IdentQuote, Token, TokenIndex, text_of};
