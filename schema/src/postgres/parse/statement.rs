//! Statements by their first word.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{DataStatement, Statement, StatementKind};
use tablature_lexer::postgres::Keyword;

impl Parser<'_> {
    /// A statement of any kind (`stmt`).
    ///
    /// # Errors
    ///
    /// If none follows.
    pub fn statement(&mut self) -> Syntax<Statement> {
        let start = self.position();
        let kind = self.nested(Self::statement_kind)?;
        Ok(Statement {
            kind,
            span: self.span_from(start),
        })
    }

    fn statement_kind(&mut self) -> Syntax<StatementKind> {
        if self.is_at_data_statement() {
            return self.data_statement().map(StatementKind::Data);
        }
        let start = self.position();
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("a statement"));
        };
        let rule = match keyword {
            Keyword::Alter => Self::alter,
            Keyword::Create => Self::create,
            Keyword::Drop => Self::drop,
            Keyword::Comment => Self::comment,
            Keyword::Security => Self::security_label,
            Keyword::Grant => Self::grant,
            Keyword::Revoke => Self::revoke,
            Keyword::Reassign => Self::reassign_owned,
            Keyword::Import => Self::import_foreign_schema,
            Keyword::Refresh => Self::refresh_materialized_view,
            Keyword::Truncate => Self::truncate,
            Keyword::Do => Self::do_block,
            Keyword::Call => Self::call_procedure,
            Keyword::Set => Self::set,
            Keyword::Reset => Self::reset_parameter,
            Keyword::Show => Self::show,
            Keyword::Abort
            | Keyword::Begin
            | Keyword::Start
            | Keyword::Commit
            | Keyword::End
            | Keyword::Rollback
            | Keyword::Savepoint
            | Keyword::Release => Self::transaction,
            Keyword::Lock => Self::lock,
            Keyword::Discard => Self::discard,
            Keyword::Prepare => Self::prepare,
            Keyword::Execute => Self::execute_statement,
            Keyword::Deallocate => Self::deallocate,
            Keyword::Declare => Self::declare_cursor,
            Keyword::Fetch | Keyword::Move => Self::fetch_rows,
            Keyword::Close => Self::close_cursor,
            Keyword::Listen => Self::listen,
            Keyword::Unlisten => Self::unlisten,
            Keyword::Notify => Self::notify,
            Keyword::Load => Self::load,
            Keyword::Checkpoint => Self::checkpoint,
            Keyword::Copy => Self::copy,
            Keyword::Explain => Self::explain,
            Keyword::Vacuum => Self::vacuum,
            Keyword::Analyze | Keyword::Analyse => Self::analyze,
            Keyword::Cluster => Self::cluster,
            Keyword::Reindex => Self::reindex,
            _ => return Err(self.expected("a statement")),
        };
        self.advance();
        rule(self, start)
    }

    /// A query that is part of another statement, without INTO.
    pub(super) fn inner_query(&mut self) -> Syntax<crate::postgres::ast::Query> {
        let query = self.query()?;
        self.forbid_into(&query)?;
        Ok(query)
    }

    /// A statement that reads or changes rows and is part of another one, without INTO.
    pub(super) fn inner_data_statement(&mut self) -> Syntax<DataStatement> {
        if !self.is_at_data_statement() {
            return Err(self.expected("`SELECT`, `INSERT`, `UPDATE` or `DELETE`"));
        }
        let statement = self.data_statement()?;
        if let DataStatement::Query(query) = &statement {
            self.forbid_into(query)?;
        }
        Ok(statement)
    }
}
