//! From tokens to a syntax tree: SQLite's grammar, exactly.
//!
//! The engine's parser is generated from some 400 rules. This one is written by hand, a function for each rule or small
//! family of rules, and decides every choice as the generated one does: by the next token, where a keyword is a name
//! only if the keyword itself cannot stand there. What the engine's parser refuses while it builds the tree, before it
//! knows any table, is refused here too.

mod alter;
mod checks;
mod column;
mod constraint;
mod contextual;
mod create;
mod create_table;
mod cursor;
mod dml;
mod expected;
mod expr;
mod features;
mod foreign_key;
mod from;
mod function;
mod infix;
mod limits;
mod names;
mod operand;
mod other;
mod query;
mod trigger;
mod types;
mod window;
mod with;

use crate::config::Rules;
use crate::diagnostic::Diagnostic;
use crate::sqlite::ast::Statement;
use crate::text::Token;
use cursor::Parser;
use tablature_lexer::TokenKind;

/// What parsing gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The statement; none after a syntax error. With an error that does not hide what was meant, such as a join of
    /// unknown type, it is there too.
    pub statement: Option<Statement>,
    /// What is wrong: at most one syntax error, and what the oldest supported engine does not know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the tokens of one statement.
///
/// A statement with an illegal token gives neither a statement nor a diagnostic, because splitting has reported it.
#[must_use]
pub fn statement(tokens: &[Token], rules: &Rules) -> Parsed {
    if tokens.iter().any(|token| token.kind == TokenKind::Illegal) {
        return Parsed {
            statement: None,
            diagnostics: Vec::new(),
        };
    }
    let mut parser = Parser::new(tokens, rules);
    let statement = match parser.statement() {
        Ok(statement) => Some(statement),
        Err(diagnostic) => {
            // The first mistake may well be the cause of the others.
            parser
                .diagnostics
                .retain(|other| other.code != diagnostic.code);
            parser.diagnostics.push(*diagnostic);
            None
        }
    };
    Parsed {
        statement,
        diagnostics: parser.diagnostics,
    }
}
