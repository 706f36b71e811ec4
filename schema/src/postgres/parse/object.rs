//! References to objects of any kind, and COMMENT, SECURITY LABEL and DROP.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    Comment, Drop, DropRole, GlobalWord, Ident, ObjectReference, Owned, RelationWord, RoutineWord,
    SchemaWord, SecurityLabel, StatementKind, TableObjectWord, UserMapping, UserMappingAction,
};
use tablature_lexer::postgres::{Keyword, Symbol};

/// What an object is said to be, where the words alone tell how it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Relation(RelationWord),
    InSchema(SchemaWord),
    Global(GlobalWord),
    OfTable(TableObjectWord),
}

impl Parser<'_> {
    /// The words for what an object is, if they are next and tell how it is named (`object_type_any_name`,
    /// `object_type_name`, `object_type_name_on_any_name`).
    pub(super) fn object_word(&mut self) -> Syntax<Option<Word>> {
        use Keyword as K;
        let word = match self.keyword() {
            Some(K::Table) => Word::Relation(RelationWord::Table),
            Some(K::Sequence) => Word::Relation(RelationWord::Sequence),
            Some(K::View) => Word::Relation(RelationWord::View),
            Some(K::Index) => Word::Relation(RelationWord::Index),
            Some(K::Collation) => Word::InSchema(SchemaWord::Collation),
            Some(K::Conversion) => Word::InSchema(SchemaWord::Conversion),
            Some(K::Statistics) => Word::InSchema(SchemaWord::Statistics),
            Some(K::Extension) => Word::Global(GlobalWord::Extension),
            Some(K::Language) => Word::Global(GlobalWord::Language),
            Some(K::Publication) => Word::Global(GlobalWord::Publication),
            Some(K::Schema) => Word::Global(GlobalWord::Schema),
            Some(K::Server) => Word::Global(GlobalWord::Server),
            Some(K::Database) => Word::Global(GlobalWord::Database),
            Some(K::Role) => Word::Global(GlobalWord::Role),
            Some(K::Subscription) => Word::Global(GlobalWord::Subscription),
            Some(K::Tablespace) => Word::Global(GlobalWord::Tablespace),
            Some(K::Policy) => Word::OfTable(TableObjectWord::Policy),
            Some(K::Rule) => Word::OfTable(TableObjectWord::Rule),
            Some(K::Trigger) => Word::OfTable(TableObjectWord::Trigger),
            Some(K::Materialized) => {
                self.advance();
                self.expect(K::View)?;
                return Ok(Some(Word::Relation(RelationWord::MaterializedView)));
            }
            Some(K::Foreign) => {
                self.advance();
                if self.accept(K::Table) {
                    return Ok(Some(Word::Relation(RelationWord::ForeignTable)));
                }
                if !self.accept_start(K::Data, &[K::Wrapper])? {
                    return Err(self.expected("`TABLE` or `DATA WRAPPER`"));
                }
                return Ok(Some(Word::Global(GlobalWord::ForeignDataWrapper)));
            }
            Some(K::Access) => {
                self.advance();
                self.expect(K::Method)?;
                return Ok(Some(Word::Global(GlobalWord::AccessMethod)));
            }
            Some(K::Event) => {
                self.advance();
                self.expect(K::Trigger)?;
                return Ok(Some(Word::Global(GlobalWord::EventTrigger)));
            }
            Some(K::Procedural) => {
                self.advance();
                self.expect(K::Language)?;
                return Ok(Some(Word::Global(GlobalWord::Language)));
            }
            Some(K::Text) => {
                self.advance();
                self.expect(K::Search)?;
                return Ok(Some(Word::InSchema(self.text_search_word()?)));
            }
            _ => return Ok(None),
        };
        self.advance();
        Ok(Some(word))
    }

    /// What follows TEXT SEARCH.
    pub(super) fn text_search_word(&mut self) -> Syntax<SchemaWord> {
        let word = match self.keyword() {
            Some(Keyword::Parser) => SchemaWord::TextSearchParser,
            Some(Keyword::Dictionary) => SchemaWord::TextSearchDictionary,
            Some(Keyword::Template) => SchemaWord::TextSearchTemplate,
            Some(Keyword::Configuration) => SchemaWord::TextSearchConfiguration,
            _ => {
                return Err(self.expected("`CONFIGURATION`, `DICTIONARY`, `PARSER` or `TEMPLATE`"));
            }
        };
        self.advance();
        Ok(word)
    }

    /// The name of an object of which the words have been read.
    pub(super) fn object_of(&mut self, word: Word) -> Syntax<ObjectReference> {
        match word {
            Word::Relation(word) => {
                let name = self.qualified_name(relation_name(word))?;
                Ok(ObjectReference::Relation(word, name))
            }
            Word::InSchema(word) => {
                let name = self.qualified_name("a name")?;
                Ok(ObjectReference::InSchema(word, name))
            }
            Word::Global(word) => Ok(ObjectReference::Global(word, self.column_id("a name")?)),
            Word::OfTable(word) => {
                let name = self.column_id("a name")?;
                self.expect(Keyword::On)?;
                let table = self.qualified_name("a table")?;
                Ok(ObjectReference::OfTable { word, name, table })
            }
        }
    }

    /// An object as COMMENT, SECURITY LABEL and ALTER EXTENSION name it: what all three take.
    pub(super) fn object(&mut self) -> Syntax<ObjectReference> {
        if let Some(word) = self.object_word()? {
            return self.object_of(word);
        }
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("the kind of an object"));
        };
        self.advance();
        match keyword {
            Keyword::Type => Ok(ObjectReference::Type(self.type_name()?)),
            Keyword::Domain => Ok(ObjectReference::Domain(self.type_name()?)),
            Keyword::Aggregate => self.aggregate().map(ObjectReference::Routine),
            Keyword::Function => self
                .routine(RoutineWord::Function)
                .map(ObjectReference::Routine),
            Keyword::Procedure => self
                .routine(RoutineWord::Procedure)
                .map(ObjectReference::Routine),
            Keyword::Routine => self
                .routine(RoutineWord::Routine)
                .map(ObjectReference::Routine),
            Keyword::Operator => self.operator_object(),
            Keyword::Cast => self.cast_object(),
            Keyword::Transform => self.transform_object(),
            _ => {
                self.reset(self.position() - 1);
                Err(self.expected("the kind of an object"))
            }
        }
    }

    /// What follows OPERATOR: an operator, or an operator class or family.
    pub(super) fn operator_object(&mut self) -> Syntax<ObjectReference> {
        // CLASS and FAMILY may also be schemas.
        let is_schema = self.peek_at(1) == Some(Symbol::Dot.into());
        let word = self.keyword().filter(|_| !is_schema);
        match word {
            Some(Keyword::Class) => {
                self.advance();
                let name = self.qualified_name("an operator class")?;
                let method = self.using_method()?;
                Ok(ObjectReference::OperatorClass { name, method })
            }
            Some(Keyword::Family) => {
                self.advance();
                let name = self.qualified_name("an operator family")?;
                let method = self.using_method()?;
                Ok(ObjectReference::OperatorFamily { name, method })
            }
            _ => self.operator_reference().map(ObjectReference::Operator),
        }
    }

    /// `USING method`
    pub(super) fn using_method(&mut self) -> Syntax<Ident> {
        self.expect(Keyword::Using)?;
        self.column_id("an access method")
    }

    /// What follows CAST: `(source AS target)`.
    fn cast_object(&mut self) -> Syntax<ObjectReference> {
        let start = self.position() - 1;
        self.expect(Symbol::LeftParen)?;
        let source = self.type_name()?;
        self.expect(Keyword::As)?;
        let target = self.type_name()?;
        self.expect(Symbol::RightParen)?;
        Ok(ObjectReference::Cast {
            source,
            target,
            span: self.span_from(start),
        })
    }

    /// What follows TRANSFORM: `FOR type LANGUAGE language`.
    fn transform_object(&mut self) -> Syntax<ObjectReference> {
        self.expect(Keyword::For)?;
        let type_name = self.type_name()?;
        self.expect(Keyword::Language)?;
        Ok(ObjectReference::Transform {
            type_name,
            language: self.column_id("a language")?,
        })
    }

    /// What follows COLUMN: `table.column`.
    fn column_object(&mut self) -> Syntax<ObjectReference> {
        let start = self.position();
        let mut parts = vec![self.column_id("a column, as `table.column`")?];
        while self.accept(Symbol::Dot) {
            parts.push(self.label("a column")?);
        }
        let column = parts.pop();
        match (column, parts.as_slice()) {
            (Some(column), [_] | [_, _] | [_, _, _]) => Ok(ObjectReference::Column {
                relation: super::names::joined_name(parts, self.span_from(start)),
                column,
            }),
            (Some(_), []) => self.refuse(
                self.span_from(start),
                "a column must be written with its table",
            ),
            _ => Err(Box::new(crate::errors::postgres::syntax::too_many_dots(
                self.span_from(start),
            ))),
        }
    }

    /// COMMENT ON.
    pub(super) fn comment(&mut self, _start: usize) -> Syntax<StatementKind> {
        self.expect(Keyword::On)?;
        let object = match self.keyword() {
            Some(Keyword::Column) => {
                self.advance();
                self.column_object()?
            }
            Some(Keyword::Constraint) => {
                self.advance();
                let name = self.column_id("a constraint")?;
                self.expect(Keyword::On)?;
                // DOMAIN may also be the name of a table.
                let is_domain = self.is_at(Keyword::Domain)
                    && !matches!(self.keyword_at(1), Some(Keyword::Is))
                    && self.peek_at(1) != Some(Symbol::Dot.into());
                if is_domain {
                    self.advance();
                    let domain = self.qualified_name("a domain")?;
                    ObjectReference::DomainConstraint { name, domain }
                } else {
                    let table = self.qualified_name("a table")?;
                    ObjectReference::Constraint { name, table }
                }
            }
            Some(Keyword::Large) => self.large_object()?,
            _ => self.object()?,
        };
        let text = self.label_text()?;
        Ok(StatementKind::Comment(Comment { object, text }))
    }

    /// `LARGE OBJECT 1`
    pub(super) fn large_object(&mut self) -> Syntax<ObjectReference> {
        self.expect_phrase(&[Keyword::Large, Keyword::Object])?;
        let number = self.signed_number("the number of a large object")?;
        let value = crate::postgres::ast::Constant::Number(number.text);
        Ok(ObjectReference::LargeObject(value, number.span))
    }

    /// `IS 'text'` or `IS NULL`.
    fn label_text(&mut self) -> Syntax<Option<Box<str>>> {
        self.expect(Keyword::Is)?;
        match self.accept(Keyword::Null) {
            true => Ok(None),
            false => Ok(Some(self.string("a string or `NULL`")?.0)),
        }
    }

    /// SECURITY LABEL.
    pub(super) fn security_label(&mut self, start: usize) -> Syntax<StatementKind> {
        self.expect(Keyword::Label)?;
        let provider = match self.accept(Keyword::For) {
            true => Some(self.word_or_string("a provider")?),
            false => None,
        };
        self.expect(Keyword::On)?;
        let before = self.position();
        let object = match self.keyword() {
            Some(Keyword::Column) => {
                self.advance();
                self.column_object()?
            }
            Some(Keyword::Large) => self.large_object()?,
            _ => self.object()?,
        };
        let is_unknown = matches!(
            object,
            ObjectReference::OfTable { .. }
                | ObjectReference::Operator(_)
                | ObjectReference::OperatorClass { .. }
                | ObjectReference::OperatorFamily { .. }
                | ObjectReference::Cast { .. }
                | ObjectReference::Transform { .. }
        );
        if is_unknown {
            self.reset(before);
            return Err(self.expected("the kind of an object that can have a security label"));
        }
        self.label_text()?;
        Ok(StatementKind::SecurityLabel(SecurityLabel {
            provider,
            object,
            span: self.span_from(start),
        }))
    }

    /// DROP of any kind of object.
    pub(super) fn drop(&mut self, start: usize) -> Syntax<StatementKind> {
        if let Some(word) = self.object_word()? {
            return self.drop_of(word);
        }
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("what to drop"));
        };
        self.advance();
        match keyword {
            Keyword::Type => self.drop_list(|parser| parser.type_name().map(ObjectReference::Type)),
            Keyword::Domain => {
                self.drop_list(|parser| parser.type_name().map(ObjectReference::Domain))
            }
            Keyword::Aggregate => {
                self.drop_list(|parser| parser.aggregate().map(ObjectReference::Routine))
            }
            Keyword::Function => self.drop_routines(RoutineWord::Function),
            Keyword::Procedure => self.drop_routines(RoutineWord::Procedure),
            Keyword::Routine => self.drop_routines(RoutineWord::Routine),
            Keyword::Operator => self.drop_operator(),
            Keyword::Cast => {
                let if_exists = self.if_exists();
                let object = self.cast_object()?;
                Ok(self.drop_one(object, if_exists))
            }
            Keyword::Transform => {
                let if_exists = self.if_exists();
                let object = self.transform_object()?;
                Ok(self.drop_one(object, if_exists))
            }
            Keyword::User if self.accept_mapping() => self.drop_user_mapping(start),
            Keyword::User | Keyword::Group => self.drop_roles(),
            Keyword::Owned => self.drop_owned(start),
            _ => {
                self.reset(self.position() - 1);
                Err(self.expected("what to drop"))
            }
        }
    }

    fn drop_of(&mut self, word: Word) -> Syntax<StatementKind> {
        match word {
            Word::Global(GlobalWord::Role) => self.drop_roles(),
            Word::Relation(RelationWord::Index) => {
                let start = self.position();
                let concurrently = self
                    .accept(Keyword::Concurrently)
                    .then(|| self.span_from(start));
                let mut statement = self.drop_list(|parser| parser.object_of(word))?;
                if let StatementKind::Drop(drop) = &mut statement {
                    drop.concurrently = concurrently;
                }
                Ok(statement)
            }
            Word::Global(GlobalWord::Database) => {
                self.if_exists();
                self.column_id("a database")?;
                let with = self.accept(Keyword::With);
                if with || self.is_at(Symbol::LeftParen) {
                    self.parenthesized_list(|parser| parser.expect(Keyword::Force))?;
                }
                Ok(StatementKind::Server("DROP DATABASE"))
            }
            Word::Global(GlobalWord::Tablespace) => {
                self.if_exists();
                self.column_id("a tablespace")?;
                Ok(StatementKind::Server("DROP TABLESPACE"))
            }
            Word::Global(GlobalWord::Subscription) | Word::OfTable(_) => {
                let if_exists = self.if_exists();
                let object = self.object_of(word)?;
                Ok(self.drop_one(object, if_exists))
            }
            Word::Relation(_) | Word::InSchema(_) | Word::Global(_) => {
                self.drop_list(|parser| parser.object_of(word))
            }
        }
    }

    fn drop_list(
        &mut self,
        object: impl FnMut(&mut Self) -> Syntax<ObjectReference>,
    ) -> Syntax<StatementKind> {
        let if_exists = self.if_exists();
        let objects = self.list(object)?;
        Ok(StatementKind::Drop(Drop {
            objects,
            if_exists,
            concurrently: None,
            cascade: self.cascade(),
        }))
    }

    fn drop_one(&mut self, object: ObjectReference, if_exists: bool) -> StatementKind {
        StatementKind::Drop(Drop {
            objects: vec![object],
            if_exists,
            concurrently: None,
            cascade: self.cascade(),
        })
    }

    fn drop_routines(&mut self, word: RoutineWord) -> Syntax<StatementKind> {
        self.drop_list(|parser| parser.routine(word).map(ObjectReference::Routine))
    }

    fn drop_operator(&mut self) -> Syntax<StatementKind> {
        let is_schema = self.peek_at(1) == Some(Symbol::Dot.into());
        let of_method = !is_schema && self.is_at_any(&[Keyword::Class, Keyword::Family]);
        if !of_method {
            return self
                .drop_list(|parser| parser.operator_reference().map(ObjectReference::Operator));
        }
        let is_class = self.is_at(Keyword::Class);
        self.advance();
        let if_exists = self.if_exists();
        let name = self.qualified_name("a name")?;
        let method = self.using_method()?;
        let object = match is_class {
            true => ObjectReference::OperatorClass { name, method },
            false => ObjectReference::OperatorFamily { name, method },
        };
        Ok(self.drop_one(object, if_exists))
    }

    fn drop_user_mapping(&mut self, start: usize) -> Syntax<StatementKind> {
        let if_exists = self.if_exists();
        let (user, server) = self.mapped_user()?;
        Ok(StatementKind::UserMapping(UserMapping {
            action: UserMappingAction::Drop { if_exists },
            user,
            server,
            span: self.span_from(start),
        }))
    }

    fn drop_roles(&mut self) -> Syntax<StatementKind> {
        let if_exists = self.if_exists();
        let roles = self.roles()?;
        Ok(StatementKind::DropRole(DropRole { if_exists, roles }))
    }

    fn drop_owned(&mut self, start: usize) -> Syntax<StatementKind> {
        self.expect(Keyword::By)?;
        let roles = self.roles()?;
        let cascade = self.cascade();
        Ok(StatementKind::Owned(Owned {
            roles,
            reassign: None,
            cascade,
            span: self.span_from(start),
        }))
    }

    /// REASSIGN OWNED.
    pub(super) fn reassign_owned(&mut self, start: usize) -> Syntax<StatementKind> {
        self.expect_phrase(&[Keyword::Owned, Keyword::By])?;
        let roles = self.roles()?;
        self.expect(Keyword::To)?;
        let to = self.role()?;
        Ok(StatementKind::Owned(Owned {
            roles,
            reassign: Some(to),
            cascade: false,
            span: self.span_from(start),
        }))
    }
}

/// What a relation is called in messages.
pub(super) fn relation_name(word: RelationWord) -> &'static str {
    match word {
        RelationWord::Table => "a table",
        RelationWord::View => "a view",
        RelationWord::MaterializedView => "a materialized view",
        RelationWord::Index => "an index",
        RelationWord::Sequence => "a sequence",
        RelationWord::ForeignTable => "a foreign table",
    }
}
