//! What PL/pgSQL gives to the grammar of SQL.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{Query, Statement};

impl Parser<'_> {
    /// What may follow SELECT, which makes an expression of PL/pgSQL (`PLpgSQL_Expr`).
    ///
    /// # Errors
    ///
    /// If something else follows.
    pub fn selected(&mut self) -> Syntax<Query> {
        self.select_without_keyword()
    }

    /// A statement in a body.
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn embedded_statement(&mut self) -> Syntax<Statement> {
        self.statement()
    }
}
