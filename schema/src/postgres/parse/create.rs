//! CREATE by what is created.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{Persistence, StatementKind};
use tablature_lexer::postgres::Keyword;

impl Parser<'_> {
    /// CREATE of any kind, the first word of which has been taken.
    pub(super) fn create(&mut self, start: usize) -> Syntax<StatementKind> {
        use Keyword as K;
        let or_replace = self.or_replace()?;
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("what to create"));
        };
        match keyword {
            K::Temporary
            | K::Temp
            | K::Local
            | K::Global
            | K::Unlogged
            | K::Table
            | K::Sequence
            | K::View
            | K::Recursive
            | K::Materialized => return self.create_relation(or_replace, start),
            K::Procedural | K::Trusted | K::Language => {
                return self.create_language(or_replace);
            }
            _ => {}
        }
        self.advance();
        match keyword {
            K::Function => self.create_routine(or_replace, false, start),
            K::Procedure => self.create_routine(or_replace, true, start),
            K::Aggregate => self.create_aggregate(or_replace, start),
            K::Trigger => self.create_trigger(or_replace, false, start),
            K::Constraint => {
                self.expect(K::Trigger)?;
                self.create_trigger(or_replace, true, start)
            }
            K::Rule => self.create_rule(or_replace, start),
            K::Transform => self.create_transform(or_replace),
            _ if or_replace => {
                self.reset(self.position() - 1);
                Err(self.expected(
                    "`FUNCTION`, `PROCEDURE`, `VIEW`, `TRIGGER`, `RULE`, `AGGREGATE`, `LANGUAGE` or `TRANSFORM`",
                ))
            }
            K::Unique => {
                self.expect(K::Index)?;
                self.create_index(true, start)
            }
            K::Index => self.create_index(false, start),
            K::Type => self.create_type(start),
            K::Domain => self.create_domain(),
            K::Schema => self.create_schema(start),
            K::Extension => self.create_extension(),
            K::Policy => self.create_policy(start),
            K::Event => {
                self.expect(K::Trigger)?;
                self.create_event_trigger()
            }
            K::Statistics => self.create_statistics(start),
            K::Operator => self.create_operator(start),
            K::Cast => self.create_cast(start),
            K::Collation => self.create_collation(start),
            K::Default => {
                self.expect(K::Conversion)?;
                self.create_conversion(true)
            }
            K::Conversion => self.create_conversion(false),
            K::Text => {
                self.expect(K::Search)?;
                self.create_text_search(start)
            }
            K::Access => {
                self.expect(K::Method)?;
                self.create_access_method()
            }
            K::Foreign if self.accept(K::Table) => self.create_foreign_table(start),
            K::Foreign => {
                if !self.accept_start(K::Data, &[K::Wrapper])? {
                    return Err(self.expected("`TABLE` or `DATA WRAPPER`"));
                }
                self.create_foreign_data_wrapper()
            }
            K::Server => self.create_server(),
            K::User if self.accept_mapping() => self.create_user_mapping(start),
            K::Role | K::User | K::Group => self.create_role(),
            K::Publication => self.create_publication(),
            K::Subscription => self.create_subscription(start),
            K::Database => self.create_database(),
            K::Tablespace => self.create_tablespace(),
            _ => {
                self.reset(self.position() - 1);
                Err(self.expected("what to create"))
            }
        }
    }

    /// CREATE of a relation that may be temporary, the words of which are next.
    fn create_relation(&mut self, or_replace: bool, start: usize) -> Syntax<StatementKind> {
        let persistence = self.persistence()?;
        match self.keyword() {
            Some(Keyword::Table) if !or_replace => {
                self.advance();
                self.create_table(persistence, start)
            }
            Some(Keyword::Sequence) if !or_replace => {
                self.advance();
                self.create_sequence(persistence, start)
            }
            Some(Keyword::Materialized) if !or_replace && persistence != Persistence::Temporary => {
                self.advance();
                self.expect(Keyword::View)?;
                self.create_materialized_view(persistence == Persistence::Unlogged, start)
            }
            Some(Keyword::View) => {
                self.advance();
                self.create_view(or_replace, persistence, false, start)
            }
            Some(Keyword::Recursive) => {
                self.advance();
                self.expect(Keyword::View)?;
                self.create_view(or_replace, persistence, true, start)
            }
            _ if or_replace => Err(self.expected("`VIEW`")),
            _ => Err(self.expected("`TABLE`, `SEQUENCE` or `VIEW`")),
        }
    }
}
