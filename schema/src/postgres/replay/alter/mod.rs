//! ALTER TABLE and its kin.

mod column;
mod constraint;
mod identity;
mod named_anew;
mod partition;
mod rename;
mod retyped;
mod row_type;
mod set_type;
mod storage;

use super::Replay;
use super::relations::{Wanted, declared};
use crate::errors::postgres::{alter as errors, relations};
use crate::postgres::ast::{
    AlterTable, AlterTableAction, AlterTableActionKind as Kind, Ident, RelationWord,
    TableConstraintKind,
};
use crate::postgres::catalog::{Relation, RelationKind};
use crate::text::Span;
use std::sync::Arc;

/// Where an action comes among those of its statement, whatever the order in which they are written (`AlterTablePass`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    Drop,
    AlterType,
    AddColumn,
    SetExpression,
    AddCheck,
    ColumnAttributes,
    AddIndex,
    AddOther,
    Miscellaneous,
}

/// What an action is done to.
#[derive(Debug, Clone, Copy)]
struct Target {
    /// ONLY.
    only: bool,
    /// The action.
    span: Span,
}

impl Replay {
    /// ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE.
    pub(super) fn alter_table(&mut self, alter: &AlterTable) {
        let wanted = Wanted::from(alter.kind);
        let name = &alter.relation.name;
        let Some(relation) = self.relation_named(name, wanted, alter.if_exists) else {
            return;
        };
        if self.refuse_system(&relation, name.span)
            || !self.is_of_word(&relation, alter.kind, &alter.actions, name.span)
        {
            return;
        }
        let mut actions: Vec<&AlterTableAction> = alter.actions.iter().collect();
        actions.sort_by_key(|action| pass_of(&action.kind));
        self.check_types_once(&actions);
        let mut readers = self.readers_of_types(&relation, alter.relation.only, &actions);
        let known = self.diagnostics.len();
        let before = Arc::clone(&relation);
        for action in actions {
            if pass_of(&action.kind) > Pass::AlterType {
                self.read_again(std::mem::take(&mut readers));
            }
            let Some(relation) = self.relation_of(relation.oid) else {
                return;
            };
            let target = Target {
                only: alter.relation.only,
                span: action.span,
            };
            if self.takes(&relation, &action.kind, action.span) {
                self.alter(&relation, target, &action.kind);
            }
        }
        self.read_again(readers);
        if self.diagnostics.len() == known {
            self.check_row_type(&before, alter);
        }
    }

    /// Whether the word of the statement fits the relation (`RangeVarCallbackForAlterRelation`).
    fn is_of_word(
        &mut self,
        relation: &Relation,
        word: RelationWord,
        actions: &[AlterTableAction],
        span: Span,
    ) -> bool {
        let is_rename = matches!(actions, [action] if matches!(action.kind, Kind::RenameTo(_)));
        let wanted = Wanted::from(word);
        let fits = match word {
            // ALTER TABLE is for any relation, as far as the action is.
            RelationWord::Table => !matches!(relation.kind, RelationKind::Composite),
            RelationWord::Index => is_rename || wanted.is(&relation.kind),
            RelationWord::View
            | RelationWord::MaterializedView
            | RelationWord::Sequence
            | RelationWord::ForeignTable => wanted.is(&relation.kind),
        };
        if !fits {
            let made = declared(relation);
            let is = relation.kind.noun();
            let wrong = relations::wrong_kind(&relation.name, is, wanted.noun(), span, made);
            self.report(match relation.kind {
                RelationKind::Composite => wrong.with_help("write `ALTER TYPE`"),
                _ => wrong,
            });
        }
        fits
    }

    /// Whether an action is for relations of the kind (`ATSimplePermissions`); reports if not.
    fn takes(&mut self, relation: &Relation, kind: &Kind, span: Span) -> bool {
        const TABLE: u16 = 1;
        const PARTITIONED: u16 = 2;
        const FOREIGN: u16 = 4;
        const VIEW: u16 = 8;
        const MATERIALIZED: u16 = 16;
        const INDEX: u16 = 32;
        const PARTITIONED_INDEX: u16 = 64;
        const SEQUENCE: u16 = 128;
        const COMPOSITE: u16 = 256;
        const TABLES: u16 = TABLE | PARTITIONED | FOREIGN;
        let is = match relation.kind {
            RelationKind::Table => TABLE,
            RelationKind::Partitioned(_) => PARTITIONED,
            RelationKind::Foreign(_) => FOREIGN,
            RelationKind::View(_) => VIEW,
            RelationKind::MaterializedView(_) => MATERIALIZED,
            RelationKind::Index(_) => INDEX,
            RelationKind::PartitionedIndex(_) => PARTITIONED_INDEX,
            RelationKind::Sequence(_) => SEQUENCE,
            RelationKind::Composite => COMPOSITE,
        };
        let takes = match kind {
            Kind::AddColumn { .. } | Kind::DropColumn { .. } | Kind::SetType { .. } => {
                TABLES | COMPOSITE
            }
            Kind::SetDefault { .. } | Kind::DropDefault { .. } => TABLES | VIEW,
            Kind::SetNotNull { .. }
            | Kind::DropNotNull { .. }
            | Kind::SetExpression { .. }
            | Kind::DropExpression { .. }
            | Kind::AddConstraint(_)
            | Kind::DropConstraint { .. }
            | Kind::ValidateConstraint { .. }
            | Kind::Inherit(_)
            | Kind::NoInherit(_)
            | Kind::Trigger { .. }
            | Kind::SetWithoutOids => TABLES,
            Kind::AddIdentity { .. } | Kind::AlterIdentity { .. } | Kind::DropIdentity { .. } => {
                TABLES | VIEW
            }
            Kind::SetStatistics { .. } => TABLES | MATERIALIZED | INDEX | PARTITIONED_INDEX,
            Kind::SetColumnParameters { .. } | Kind::ResetColumnParameters { .. } => {
                TABLES | MATERIALIZED | INDEX
            }
            Kind::SetStorage { .. } => TABLES | MATERIALIZED,
            Kind::SetCompression { .. } => TABLE | PARTITIONED | MATERIALIZED,
            Kind::ChangeColumnOptions { .. } | Kind::ChangeOptions(_) => FOREIGN,
            Kind::AlterConstraint { .. }
            | Kind::OfType(_)
            | Kind::NotOfType
            | Kind::Rule { .. }
            | Kind::EnableRowSecurity
            | Kind::DisableRowSecurity
            | Kind::ForceRowSecurity
            | Kind::NoForceRowSecurity => TABLE | PARTITIONED,
            Kind::ReplicaIdentity(_) => TABLE | PARTITIONED | MATERIALIZED,
            Kind::AttachPartition { .. } => PARTITIONED,
            Kind::DetachPartition { .. } => PARTITIONED,
            Kind::AttachIndexPartition { .. } => PARTITIONED_INDEX,
            Kind::SetAccessMethod(_) | Kind::ClusterOn(_) | Kind::SetWithoutCluster => {
                TABLE | MATERIALIZED | PARTITIONED
            }
            Kind::SetTablespace(_) => {
                TABLE | PARTITIONED | MATERIALIZED | INDEX | PARTITIONED_INDEX
            }
            Kind::SetLogged | Kind::SetUnlogged => TABLE | SEQUENCE | PARTITIONED,
            Kind::SetParameters(_) | Kind::ResetParameters(_) => {
                TABLE | PARTITIONED | VIEW | MATERIALIZED | INDEX
            }
            Kind::SetOwner(_)
            | Kind::RenameTo(_)
            | Kind::RenameColumn { .. }
            | Kind::RenameConstraint { .. }
            | Kind::SetSchema(_)
            | Kind::DependsOnExtension { .. } => u16::MAX,
        };
        let fits = is & takes != 0;
        if !fits {
            let made = declared(relation);
            let noun = relation.kind.noun();
            self.report(errors::not_for(&relation.name, noun, span, made));
        }
        fits
    }

    fn alter(&mut self, relation: &Arc<Relation>, target: Target, kind: &Kind) {
        match kind {
            Kind::AddColumn {
                if_not_exists,
                column,
            } => self.add_column(relation, target, column, *if_not_exists),
            Kind::DropColumn {
                if_exists,
                column,
                cascade,
            } => self.drop_column(relation, target, column, *if_exists, *cascade),
            Kind::SetType {
                column,
                type_name,
                collation,
                using,
            } => self.set_type(
                relation,
                target,
                column,
                (type_name, collation.as_ref()),
                using.as_ref(),
            ),
            Kind::SetDefault { column, value } => {
                self.set_default(relation, target, column, Some(value));
            }
            Kind::DropDefault { column } => self.set_default(relation, target, column, None),
            Kind::SetNotNull { column } => self.set_not_null(relation, target, column),
            Kind::DropNotNull { column } => self.drop_not_null(relation, target, column),
            Kind::SetExpression { column, expression } => {
                self.set_expression(relation, column, expression);
            }
            Kind::DropExpression { column, if_exists } => {
                self.drop_expression(relation, target, column, *if_exists);
            }
            Kind::AddIdentity {
                column,
                always,
                options,
            } => self.add_identity(relation, target, column, *always, options),
            Kind::AlterIdentity { column, changes } => {
                self.alter_identity(relation, target, column, changes);
            }
            Kind::DropIdentity { column, if_exists } => {
                self.drop_identity(relation, target, column, *if_exists);
            }
            Kind::AddConstraint(constraint) => self.add_constraint(relation, target, constraint),
            Kind::AlterConstraint { name, change } => {
                self.alter_constraint(relation, name, *change);
            }
            Kind::ValidateConstraint { name } => self.validate_constraint(relation, target, name),
            Kind::DropConstraint {
                if_exists,
                name,
                cascade,
            } => self.drop_constraint(relation, target, name, *if_exists, *cascade),
            Kind::AttachPartition { partition, bound } => {
                self.attach_partition(relation, partition, bound, target.span);
            }
            Kind::AttachIndexPartition { index } => self.attach_index_partition(relation, index),
            Kind::DetachPartition { partition, mode } => {
                self.detach_partition(relation, partition, *mode, target.span);
            }
            Kind::Inherit(parent) => self.inherit(relation, parent),
            Kind::NoInherit(parent) => self.no_inherit(relation, parent),
            Kind::RenameTo(to) => self.rename_table(relation, to),
            Kind::RenameColumn { column, to } => self.rename_column(relation, target, column, to),
            Kind::RenameConstraint { name, to } => {
                self.rename_constraint(relation, target, name, to);
            }
            Kind::SetSchema(to) => self.set_schema(relation, to, target.span),
            _ => self.alter_storage(relation, target, kind),
        }
    }

    /// The column of an action; reports if it is not there, or if every table has it.
    fn altered_column(&mut self, relation: &Relation, name: &Ident) -> Option<i16> {
        let is_of_system = crate::postgres::resolve::system_column(&name.name).is_some();
        if is_of_system && relation.column(&name.name).is_none() {
            let message = format!(
                "the column `{}` of every table cannot be changed",
                name.name
            );
            self.report(errors::refused(message, name.span));
            return None;
        }
        self.column_named(relation, name)
    }
}

/// The pass of an action.
fn pass_of(kind: &Kind) -> Pass {
    match kind {
        Kind::DropColumn { .. }
        | Kind::DropConstraint { .. }
        | Kind::DropDefault { .. }
        | Kind::DropNotNull { .. }
        | Kind::DropExpression { .. }
        | Kind::DropIdentity { .. }
        | Kind::SetWithoutOids => Pass::Drop,
        Kind::SetType { .. } => Pass::AlterType,
        Kind::AddColumn { .. } => Pass::AddColumn,
        Kind::SetExpression { .. } => Pass::SetExpression,
        Kind::SetNotNull { .. } => Pass::ColumnAttributes,
        Kind::SetDefault { .. } | Kind::AddIdentity { .. } => Pass::AddOther,
        Kind::AddConstraint(constraint) => match constraint.kind {
            TableConstraintKind::Check { .. } => Pass::AddCheck,
            TableConstraintKind::NotNull { .. } => Pass::ColumnAttributes,
            TableConstraintKind::ForeignKey { .. } => Pass::AddOther,
            TableConstraintKind::Unique { .. }
            | TableConstraintKind::UniqueIndex(_)
            | TableConstraintKind::PrimaryKey { .. }
            | TableConstraintKind::PrimaryKeyIndex(_)
            | TableConstraintKind::Exclude { .. } => Pass::AddIndex,
        },
        _ => Pass::Miscellaneous,
    }
}
