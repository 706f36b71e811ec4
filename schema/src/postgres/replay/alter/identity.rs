//! GENERATED … AS IDENTITY: added, changed, dropped.

use super::Target;
use crate::errors::postgres::alter as errors;
use crate::postgres::ast::{Ident, IdentityChange, SequenceOption};
use crate::postgres::catalog::{Address, Dependency, Identity, Relation};
use crate::postgres::replay::Replay;
use crate::postgres::replay::sequence::Purpose;
use crate::postgres::replay::table::NewIdentity;

impl Replay {
    pub(super) fn add_identity(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        always: bool,
        options: &[SequenceOption],
    ) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let Some(column) = relation.column_at(number) else {
            return;
        };
        let message = if !column.not_null {
            Some(format!(
                "column `{}` must be NOT NULL before it can be an identity",
                name.name
            ))
        } else if column.identity.is_some() {
            Some(format!(
                "column `{}` is an identity column already",
                name.name
            ))
        } else if column.default.is_some() {
            Some(format!("column `{}` has a default already", name.name))
        } else {
            None
        };
        if let Some(message) = message {
            return self.report(errors::refused(message, target.span));
        }
        let identity = NewIdentity::Written(options);
        self.identity_sequence(
            relation.oid,
            number,
            column.typed.oid,
            &identity,
            target.span,
        );
        self.catalog.change_column(relation.oid, number, |it| {
            it.identity = Some(kind(always));
        });
    }

    pub(super) fn alter_identity(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        changes: &[IdentityChange],
    ) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let is_identity = relation
            .column_at(number)
            .is_some_and(|it| it.identity.is_some());
        if !is_identity {
            let message = format!("column `{}` is not an identity column", name.name);
            return self.report(errors::refused(message, target.span));
        }
        let mut options = Vec::new();
        for change in changes {
            match change {
                IdentityChange::Generated { always, .. } => {
                    let always = *always;
                    self.catalog.change_column(relation.oid, number, |it| {
                        it.identity = Some(kind(always));
                    });
                }
                IdentityChange::Option(option) => options.push(option.clone()),
            }
        }
        let sequence = self.catalog.identity_sequence(relation.oid, number);
        if let Some(sequence) = sequence.and_then(|oid| self.relation_of(oid)) {
            self.change_sequence(&sequence, &options, Purpose::Identity(None));
        }
    }

    pub(super) fn drop_identity(
        &mut self,
        relation: &Relation,
        target: Target,
        name: &Ident,
        if_exists: bool,
    ) {
        let Some(number) = self.altered_column(relation, name) else {
            return;
        };
        let is_identity = relation
            .column_at(number)
            .is_some_and(|it| it.identity.is_some());
        if !is_identity {
            if !if_exists {
                let message = format!("column `{}` is not an identity column", name.name);
                self.report(errors::refused(message, target.span));
            }
            return;
        }
        self.catalog
            .change_column(relation.oid, number, |it| it.identity = None);
        if let Some(sequence) = self.catalog.identity_sequence(relation.oid, number) {
            let sequence = Address::relation(sequence);
            self.catalog
                .dependencies
                .forget_kind(sequence, Dependency::Internal);
            self.drop_objects(&[(sequence, target.span)], false);
        }
    }
}

fn kind(always: bool) -> Identity {
    match always {
        true => Identity::Always,
        false => Identity::ByDefault,
    }
}
