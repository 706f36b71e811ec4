//! CREATE and ALTER TYPE and DOMAIN.

use super::alter::{Change, type_of};
use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    AlterAttribute, AlterDomain, AlterDomainAction, AlterType, AlterTypeAction, AttributeAction,
    ColumnConstraintKind, CompositeAttribute, CreateDomain, CreateType, CreateTypeKind, Define,
    DefineKind, DomainConstraint, DomainConstraintKind, EnumLabel, EnumPlace, ObjectReference,
    Parameter, QualifiedName, StatementKind, TableConstraint, TableConstraintKind,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows CREATE TYPE.
    pub(super) fn create_type(&mut self, start: usize) -> Syntax<StatementKind> {
        let name = self.qualified_name("a type")?;
        if self.is_at(Symbol::LeftParen) {
            let options = self.definition()?;
            return Ok(StatementKind::Define(Define {
                kind: DefineKind::Type(name),
                or_replace: false,
                if_not_exists: false,
                options,
                span: self.span_from(start),
            }));
        }
        let kind = match self.accept(Keyword::As) {
            false if self.peek().is_some() => return Err(self.expected("`AS`")),
            false => CreateTypeKind::Shell,
            true if self.accept(Keyword::Enum) => CreateTypeKind::Enum(self.enum_labels()?),
            true if self.accept(Keyword::Range) => CreateTypeKind::Range(self.definition()?),
            true if self.is_at(Symbol::LeftParen) => {
                CreateTypeKind::Composite(self.composite_attributes()?)
            }
            true => return Err(self.expected("`ENUM`, `RANGE` or `(`")),
        };
        Ok(StatementKind::CreateType(CreateType { name, kind }))
    }

    fn enum_labels(&mut self) -> Syntax<Vec<EnumLabel>> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(Vec::new());
        }
        let labels = self.list(Self::enum_label)?;
        self.expect(Symbol::RightParen)?;
        Ok(labels)
    }

    fn enum_label(&mut self) -> Syntax<EnumLabel> {
        let (text, span) = self.string("a label, as a string")?;
        Ok(EnumLabel { text, span })
    }

    fn composite_attributes(&mut self) -> Syntax<Vec<CompositeAttribute>> {
        self.expect(Symbol::LeftParen)?;
        if self.accept(Symbol::RightParen) {
            return Ok(Vec::new());
        }
        let attributes = self.list(Self::composite_attribute)?;
        self.expect(Symbol::RightParen)?;
        Ok(attributes)
    }

    /// An attribute with its type (`TableFuncElement`).
    fn composite_attribute(&mut self) -> Syntax<CompositeAttribute> {
        let name = self.column_id("an attribute")?;
        let type_name = self.type_name()?;
        let collation = match self.accept(Keyword::Collate) {
            true => Some(self.qualified_name("a collation")?),
            false => None,
        };
        Ok(CompositeAttribute {
            name,
            type_name,
            collation,
        })
    }

    /// What follows ALTER TYPE.
    pub(super) fn alter_type(&mut self) -> Syntax<StatementKind> {
        let name = self.qualified_name("a type")?;
        let action = match (self.keyword(), self.keyword_at(1)) {
            (Some(Keyword::Add), Some(Keyword::Value)) => self.add_value()?,
            (Some(Keyword::Rename), Some(Keyword::Value)) => {
                self.advance();
                self.advance();
                let from = self.enum_label()?;
                self.expect(Keyword::To)?;
                AlterTypeAction::RenameValue {
                    from,
                    to: self.enum_label()?,
                }
            }
            (Some(Keyword::Rename), Some(Keyword::Attribute)) => {
                self.advance();
                self.advance();
                let from = self.column_id("an attribute")?;
                self.expect(Keyword::To)?;
                AlterTypeAction::RenameAttribute {
                    from,
                    to: self.column_id("a name")?,
                    cascade: self.cascade(),
                }
            }
            (Some(Keyword::Set), _) if self.peek_at(1) == Some(Symbol::LeftParen.into()) => {
                self.advance();
                AlterTypeAction::Set(self.changed_definition()?)
            }
            (Some(Keyword::Add | Keyword::Drop | Keyword::Alter), _) => {
                AlterTypeAction::Attributes(self.list(Self::alter_attribute)?)
            }
            _ => {
                let object = ObjectReference::Type(type_of(name));
                return self
                    .change_object(object, &[Change::Rename, Change::Owner, Change::Schema]);
            }
        };
        Ok(StatementKind::AlterType(AlterType { name, action }))
    }

    /// `(name = value, …)` in which every name has a value until version 17 (`operator_def_list`).
    pub(super) fn changed_definition(&mut self) -> Syntax<Vec<Parameter>> {
        let options = self.definition()?;
        if self.version < 17
            && let Some(option) = options.iter().find(|option| option.value.is_none())
        {
            return self.refuse(option.span, "expected `=` and a value");
        }
        Ok(options)
    }

    fn add_value(&mut self) -> Syntax<AlterTypeAction> {
        self.expect_phrase(&[Keyword::Add, Keyword::Value])?;
        let if_not_exists = self.if_not_exists()?;
        let label = self.enum_label()?;
        let place = if self.accept(Keyword::Before) {
            Some((EnumPlace::Before, self.enum_label()?))
        } else if self.accept(Keyword::After) {
            Some((EnumPlace::After, self.enum_label()?))
        } else {
            None
        };
        Ok(AlterTypeAction::AddValue {
            if_not_exists,
            label,
            place,
        })
    }

    fn alter_attribute(&mut self) -> Syntax<AlterAttribute> {
        let start = self.position();
        let Some(keyword @ (Keyword::Add | Keyword::Drop | Keyword::Alter)) = self.keyword() else {
            return Err(self.expected("`ADD`, `DROP` or `ALTER`"));
        };
        self.advance();
        self.expect(Keyword::Attribute)?;
        let action = match keyword {
            Keyword::Add => AttributeAction::Add(self.composite_attribute()?),
            Keyword::Drop => AttributeAction::Drop {
                if_exists: self.if_exists(),
                name: self.column_id("an attribute")?,
            },
            _ => {
                let name = self.column_id("an attribute")?;
                self.accept_phrase(&[Keyword::Set, Keyword::Data]);
                self.expect(Keyword::Type)?;
                let type_name = self.type_name()?;
                let collation = match self.accept(Keyword::Collate) {
                    true => Some(self.qualified_name("a collation")?),
                    false => None,
                };
                AttributeAction::Alter(CompositeAttribute {
                    name,
                    type_name,
                    collation,
                })
            }
        };
        Ok(AlterAttribute {
            action,
            cascade: self.cascade(),
            span: self.span_from(start),
        })
    }

    /// What follows CREATE DOMAIN.
    pub(super) fn create_domain(&mut self) -> Syntax<StatementKind> {
        let name = self.qualified_name("a domain")?;
        self.accept(Keyword::As);
        let type_name = self.type_name()?;
        let mut collation: Option<QualifiedName> = None;
        let mut constraints = Vec::new();
        loop {
            let start = self.position();
            if self.accept(Keyword::Collate) {
                let other = self.qualified_name("a collation")?;
                if let Some(first) = &collation {
                    return Err(Box::new(crate::errors::postgres::syntax::second_collation(
                        other.span, first.span,
                    )));
                }
                collation = Some(other);
            } else if self.column_attribute()?.is_some() {
                constraints.push(DomainConstraint {
                    name: None,
                    kind: DomainConstraintKind::Refused("DEFERRABLE"),
                    not_valid: false,
                    span: self.span_from(start),
                });
            } else if let Some(constraint) = self.column_constraint()? {
                constraints.push(DomainConstraint {
                    name: constraint.name,
                    kind: domain_constraint(constraint.kind),
                    not_valid: false,
                    span: constraint.span,
                });
            } else {
                break;
            }
        }
        Ok(StatementKind::CreateDomain(CreateDomain {
            name,
            type_name,
            collation,
            constraints,
        }))
    }

    /// What follows ALTER DOMAIN.
    pub(super) fn alter_domain(&mut self) -> Syntax<StatementKind> {
        let name = self.qualified_name("a domain")?;
        let action = match (self.keyword(), self.keyword_at(1)) {
            (Some(Keyword::Set), Some(Keyword::Default)) => {
                self.advance();
                self.advance();
                AlterDomainAction::Default(Some(Box::new(self.expr()?)))
            }
            (Some(Keyword::Drop), Some(Keyword::Default)) => {
                self.advance();
                self.advance();
                AlterDomainAction::Default(None)
            }
            (Some(word @ (Keyword::Set | Keyword::Drop)), Some(Keyword::Not)) => {
                self.advance();
                self.expect_phrase(&[Keyword::Not, Keyword::Null])?;
                AlterDomainAction::NotNull(word == Keyword::Set)
            }
            (Some(Keyword::Add), _) => {
                self.advance();
                AlterDomainAction::Add(self.added_domain_constraint()?)
            }
            (Some(Keyword::Drop), _) => {
                self.advance();
                self.expect(Keyword::Constraint)?;
                let if_exists = self.if_exists();
                AlterDomainAction::DropConstraint {
                    if_exists,
                    name: self.constraint_name()?,
                    cascade: self.cascade(),
                }
            }
            (Some(Keyword::Validate), _) => {
                self.advance();
                self.expect(Keyword::Constraint)?;
                AlterDomainAction::Validate(self.constraint_name()?)
            }
            (Some(Keyword::Rename), Some(Keyword::Constraint)) => {
                self.advance();
                self.advance();
                let from = self.constraint_name()?;
                self.expect(Keyword::To)?;
                AlterDomainAction::RenameConstraint {
                    from,
                    to: self.column_id("a name")?,
                }
            }
            _ => {
                let object = ObjectReference::Domain(type_of(name));
                return self
                    .change_object(object, &[Change::Rename, Change::Owner, Change::Schema]);
            }
        };
        Ok(StatementKind::AlterDomain(AlterDomain { name, action }))
    }

    fn added_domain_constraint(&mut self) -> Syntax<DomainConstraint> {
        let start = self.position();
        let not_null = match self.keyword() {
            Some(Keyword::Constraint) => 2,
            _ => 0,
        };
        if self.version >= 17 && self.keyword_at(not_null) == Some(Keyword::Not) {
            let name = self.name_after(Keyword::Constraint, "a constraint")?;
            self.expect_phrase(&[Keyword::Not, Keyword::Null])?;
            return Ok(DomainConstraint {
                name,
                kind: DomainConstraintKind::NotNull,
                not_valid: false,
                span: self.span_from(start),
            });
        }
        let TableConstraint {
            name,
            kind,
            attributes,
            span,
        } = self.table_constraint()?;
        let kind = match kind {
            TableConstraintKind::Check {
                expression,
                no_inherit,
            } => DomainConstraintKind::Check {
                condition: Box::new(expression),
                no_inherit,
            },
            TableConstraintKind::NotNull { .. } => DomainConstraintKind::NotNull,
            TableConstraintKind::Unique { .. } | TableConstraintKind::UniqueIndex(_) => {
                DomainConstraintKind::Refused("UNIQUE")
            }
            TableConstraintKind::PrimaryKey { .. } | TableConstraintKind::PrimaryKeyIndex(_) => {
                DomainConstraintKind::Refused("PRIMARY KEY")
            }
            TableConstraintKind::Exclude { .. } => DomainConstraintKind::Refused("EXCLUDE"),
            TableConstraintKind::ForeignKey { .. } => DomainConstraintKind::Refused("FOREIGN KEY"),
        };
        Ok(DomainConstraint {
            name,
            kind,
            not_valid: attributes.not_valid,
            span,
        })
    }
}

fn domain_constraint(kind: ColumnConstraintKind) -> DomainConstraintKind {
    match kind {
        ColumnConstraintKind::Null => DomainConstraintKind::Null,
        ColumnConstraintKind::NotNull { .. } => DomainConstraintKind::NotNull,
        ColumnConstraintKind::Default(value) => DomainConstraintKind::Default(Box::new(value)),
        ColumnConstraintKind::Check {
            expression,
            no_inherit,
        } => DomainConstraintKind::Check {
            condition: Box::new(expression),
            no_inherit,
        },
        ColumnConstraintKind::Unique { .. } => DomainConstraintKind::Refused("UNIQUE"),
        ColumnConstraintKind::PrimaryKey { .. } => DomainConstraintKind::Refused("PRIMARY KEY"),
        ColumnConstraintKind::References(_) => DomainConstraintKind::Refused("REFERENCES"),
        ColumnConstraintKind::Identity { .. } | ColumnConstraintKind::Generated { .. } => {
            DomainConstraintKind::Refused("GENERATED")
        }
    }
}
