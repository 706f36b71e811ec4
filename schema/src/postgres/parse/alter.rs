//! ALTER by what is altered, and what ALTER does to objects of many kinds.

use super::cursor::{Parser, Syntax};
use super::object::Word;
use crate::postgres::ast::{
    AlterCollation, AlterObject, AlterOperator, GlobalWord, ObjectAction, ObjectReference,
    QualifiedName, RoutineWord, SchemaWord, StatementKind, TableObjectWord, TypeName, TypeNameKind,
};
use tablature_lexer::postgres::{Keyword, Symbol};

/// What ALTER does to objects of many kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Rename,
    Owner,
    Schema,
    Depends,
}

impl Parser<'_> {
    /// ALTER of any kind, the first word of which has been taken.
    pub(super) fn alter(&mut self, start: usize) -> Syntax<StatementKind> {
        match self.object_word()? {
            Some(Word::Relation(word)) => return self.alter_relation(word, start),
            Some(Word::InSchema(word)) => return self.alter_in_schema(word),
            Some(Word::Global(word)) => return self.alter_global(word, start),
            Some(Word::OfTable(word)) => return self.alter_of_table(word),
            None => {}
        }
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("what to alter"));
        };
        self.advance();
        let routine = [Change::Rename, Change::Owner, Change::Schema];
        match keyword {
            Keyword::Type => self.alter_type(),
            Keyword::Domain => self.alter_domain(),
            Keyword::Aggregate => {
                let aggregate = self.aggregate()?;
                self.change_object(ObjectReference::Routine(aggregate), &routine)
            }
            Keyword::Function => self.alter_routine(RoutineWord::Function),
            Keyword::Procedure => self.alter_routine(RoutineWord::Procedure),
            Keyword::Routine => self.alter_routine(RoutineWord::Routine),
            Keyword::Operator => self.alter_operator(),
            Keyword::Large => {
                self.reset(self.position() - 1);
                let object = self.large_object()?;
                self.change_object(object, &[Change::Owner])
            }
            Keyword::User if self.accept_mapping() => self.alter_user_mapping(start),
            Keyword::User => self.alter_role(),
            Keyword::Group => self.alter_group(),
            Keyword::Default => self.alter_default_privileges(),
            Keyword::System => self.alter_system(),
            _ => {
                self.reset(self.position() - 1);
                Err(self.expected("what to alter"))
            }
        }
    }

    /// RENAME TO, OWNER TO, SET SCHEMA or DEPENDS ON EXTENSION, those that an object takes.
    pub(super) fn change_object(
        &mut self,
        object: ObjectReference,
        changes: &[Change],
    ) -> Syntax<StatementKind> {
        let allows = |change: Change| changes.contains(&change);
        let action = match self.keyword() {
            Some(Keyword::Rename) if allows(Change::Rename) => {
                self.expect_phrase(&[Keyword::Rename, Keyword::To])?;
                ObjectAction::Rename(self.column_id("a name")?)
            }
            Some(Keyword::Owner) if allows(Change::Owner) => {
                self.expect_phrase(&[Keyword::Owner, Keyword::To])?;
                ObjectAction::Owner(self.role()?)
            }
            Some(Keyword::Set) if allows(Change::Schema) => {
                self.expect_phrase(&[Keyword::Set, Keyword::Schema])?;
                ObjectAction::SetSchema(self.column_id("a schema")?)
            }
            Some(Keyword::No | Keyword::Depends) if allows(Change::Depends) => {
                let no = self.accept(Keyword::No);
                self.expect_phrase(&[Keyword::Depends, Keyword::On, Keyword::Extension])?;
                ObjectAction::DependsOnExtension {
                    no,
                    extension: self.column_id("an extension")?,
                }
            }
            _ => {
                let words: Vec<&str> = changes.iter().map(|change| change.words()).collect();
                return Err(self.expected(&words.join(" or ")));
            }
        };
        Ok(StatementKind::AlterObject(AlterObject {
            object,
            if_exists: false,
            action,
        }))
    }

    fn alter_in_schema(&mut self, word: SchemaWord) -> Syntax<StatementKind> {
        use Change::{Owner, Rename, Schema};
        if word == SchemaWord::Statistics
            && let Some(statement) = self.alter_statistics()?
        {
            return Ok(statement);
        }
        let name = self.qualified_name("a name")?;
        match word {
            SchemaWord::TextSearchDictionary if self.is_at(Symbol::LeftParen) => {
                self.alter_dictionary(name)
            }
            SchemaWord::TextSearchConfiguration
                if self.is_at_any(&[Keyword::Add, Keyword::Alter, Keyword::Drop]) =>
            {
                self.alter_configuration(name)
            }
            SchemaWord::Collation if self.accept(Keyword::Refresh) => {
                self.expect(Keyword::Version)?;
                Ok(StatementKind::AlterCollation(AlterCollation { name }))
            }
            SchemaWord::TextSearchParser | SchemaWord::TextSearchTemplate => {
                self.change_object(ObjectReference::InSchema(word, name), &[Rename, Schema])
            }
            SchemaWord::Collation
            | SchemaWord::Conversion
            | SchemaWord::Statistics
            | SchemaWord::TextSearchDictionary
            | SchemaWord::TextSearchConfiguration => self.change_object(
                ObjectReference::InSchema(word, name),
                &[Rename, Owner, Schema],
            ),
        }
    }

    fn alter_global(&mut self, word: GlobalWord, start: usize) -> Syntax<StatementKind> {
        match word {
            GlobalWord::Role => return self.alter_role(),
            GlobalWord::Database => return self.alter_database(),
            GlobalWord::AccessMethod => return Err(self.expected("what to alter")),
            _ => {}
        }
        let name = self.column_id("a name")?;
        let is_common = self.is_at_phrase(&[Keyword::Rename, Keyword::To])
            || self.is_at_phrase(&[Keyword::Owner, Keyword::To]);
        let object = ObjectReference::Global(word, name.clone());
        match word {
            GlobalWord::Extension => match self.is_at_phrase(&[Keyword::Set, Keyword::Schema]) {
                true => self.change_object(object, &[Change::Schema]),
                false => self.alter_extension(name),
            },
            _ if is_common => self.change_object(object, &[Change::Rename, Change::Owner]),
            GlobalWord::EventTrigger => self.alter_event_trigger(name),
            GlobalWord::ForeignDataWrapper => self.alter_foreign_data_wrapper(name),
            GlobalWord::Publication => self.alter_publication(name),
            GlobalWord::Server => self.alter_server(name),
            GlobalWord::Subscription => self.alter_subscription(name, start),
            GlobalWord::Tablespace => self.alter_tablespace(),
            GlobalWord::Language
            | GlobalWord::Schema
            | GlobalWord::AccessMethod
            | GlobalWord::Database
            | GlobalWord::Role => self.change_object(object, &[Change::Rename, Change::Owner]),
        }
    }

    fn alter_of_table(&mut self, word: TableObjectWord) -> Syntax<StatementKind> {
        let if_exists = word == TableObjectWord::Policy && self.if_exists();
        let name = self.column_id("a name")?;
        self.expect(Keyword::On)?;
        let table = self.qualified_name("a table")?;
        if word == TableObjectWord::Policy && !if_exists && !self.is_at(Keyword::Rename) {
            return self.alter_policy(name, table);
        }
        let object = ObjectReference::OfTable { word, name, table };
        let mut statement = match word {
            TableObjectWord::Trigger => {
                self.change_object(object, &[Change::Rename, Change::Depends])?
            }
            TableObjectWord::Policy | TableObjectWord::Rule => {
                self.change_object(object, &[Change::Rename])?
            }
        };
        if let StatementKind::AlterObject(alter) = &mut statement {
            alter.if_exists = if_exists;
        }
        Ok(statement)
    }

    fn alter_operator(&mut self) -> Syntax<StatementKind> {
        let object = self.operator_object()?;
        match object {
            ObjectReference::Operator(operator)
                if self.is_at(Keyword::Set)
                    && self.peek_at(1) == Some(Symbol::LeftParen.into()) =>
            {
                self.advance();
                Ok(StatementKind::AlterOperator(AlterOperator {
                    operator,
                    options: self.changed_definition()?,
                }))
            }
            ObjectReference::Operator(_) => {
                self.change_object(object, &[Change::Owner, Change::Schema])
            }
            ObjectReference::OperatorFamily { name, method }
                if self.is_at_any(&[Keyword::Add, Keyword::Drop]) =>
            {
                self.alter_operator_family(name, method)
            }
            _ => self.change_object(object, &[Change::Rename, Change::Owner, Change::Schema]),
        }
    }
}

impl Change {
    fn words(self) -> &'static str {
        match self {
            Change::Rename => "`RENAME TO`",
            Change::Owner => "`OWNER TO`",
            Change::Schema => "`SET SCHEMA`",
            Change::Depends => "`DEPENDS ON EXTENSION`",
        }
    }
}

/// A type by nothing but its name.
pub(super) fn type_of(name: QualifiedName) -> TypeName {
    TypeName {
        set_of: false,
        dimensions: Vec::new(),
        span: name.span,
        kind: TypeNameKind::Named {
            name,
            modifiers: Vec::new(),
        },
    }
}
