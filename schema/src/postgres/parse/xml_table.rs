//! XMLTABLE in FROM.

use super::cursor::{Parser, Syntax};
use crate::errors::postgres::grammar as errors;
use crate::postgres::ast::{XmlNamespace, XmlTable, XmlTableColumn, XmlTableColumnKind};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// `XMLTABLE(row PASSING document COLUMNS …)`
    pub(super) fn xml_table(&mut self) -> Syntax<XmlTable> {
        let start = self.position();
        self.expect(Keyword::Xmltable)?;
        self.expect(Symbol::LeftParen)?;
        let namespaces = match self.accept(Keyword::Xmlnamespaces) {
            true => {
                let namespaces = self.parenthesized_list(Self::xml_namespace)?;
                self.expect(Symbol::Comma)?;
                namespaces
            }
            false => Vec::new(),
        };
        let row = self.primary()?;
        let document = self.xml_passing()?;
        self.expect(Keyword::Columns)?;
        let columns = self.list(Self::xml_table_column)?;
        self.expect(Symbol::RightParen)?;
        Ok(XmlTable {
            namespaces,
            row,
            document,
            columns,
            span: self.span_from(start),
        })
    }

    fn xml_namespace(&mut self) -> Syntax<XmlNamespace> {
        if self.accept(Keyword::Default) {
            let uri = self.restricted_expr()?;
            return Ok(XmlNamespace { name: None, uri });
        }
        let uri = self.restricted_expr()?;
        self.expect(Keyword::As)?;
        let name = Some(self.label("a name")?);
        Ok(XmlNamespace { name, uri })
    }

    fn xml_table_column(&mut self) -> Syntax<XmlTableColumn> {
        let start = self.position();
        let name = self.column_id("a column")?;
        let kind = match self.accept_start(Keyword::For, &[Keyword::Ordinality])? {
            true => XmlTableColumnKind::Ordinality,
            false => self.xml_table_value()?,
        };
        Ok(XmlTableColumn {
            name,
            kind,
            span: self.span_from(start),
        })
    }

    /// `type PATH path DEFAULT value NOT NULL`, in any order.
    fn xml_table_value(&mut self) -> Syntax<XmlTableColumnKind> {
        let type_name = Box::new(self.type_name()?);
        let mut path = None;
        let mut default = None;
        let mut nullability = None;
        loop {
            let start = self.position();
            let is_second = if self.accept(Keyword::Default) {
                let value = Box::new(self.restricted_expr()?);
                default.replace(value).is_some()
            } else if self.accept_start(Keyword::Not, &[Keyword::Null])? {
                nullability.replace(true).is_some()
            } else if self.accept(Keyword::Null) {
                nullability.replace(false).is_some()
            } else if self.is_at_option("path") {
                self.advance();
                let value = Box::new(self.restricted_expr()?);
                path.replace(value).is_some()
            } else {
                break;
            };
            if is_second {
                let span = self.span_from(start);
                return Err(Box::new(errors::clause_twice(span, "an option")));
            }
        }
        Ok(XmlTableColumnKind::Value {
            type_name,
            path,
            default,
            not_null: nullability == Some(true),
        })
    }

    /// Whether the next token is a word that is a keyword only later, or nowhere else.
    fn is_at_option(&self, word: &str) -> bool {
        self.token()
            .is_some_and(|token| token.text.eq_ignore_ascii_case(word))
    }
}
