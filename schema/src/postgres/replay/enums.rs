//! CREATE TYPE … AS ENUM, ALTER TYPE … ADD VALUE and RENAME VALUE.

use super::Replay;
use super::find::text_of;
use super::store::NewType;
use crate::catalog::{ChangeKind, Provenance};
use crate::errors::postgres::types as errors;
use crate::postgres::ast::{EnumLabel as Label, EnumPlace, QualifiedName};
use crate::postgres::catalog::{Address, Class, EnumLabel, TypeDetails};
use crate::postgres::types::{self, Name, Oid, Storage, TypeKind};

/// The bytes that a label can have.
const LONGEST: usize = 63;

impl Replay {
    pub(super) fn create_enum(&mut self, name: &QualifiedName, labels: &[Label]) {
        let Some((namespace, shell)) = self.place_of_new_type(name) else {
            return;
        };
        let mut kept: Vec<&Label> = Vec::new();
        for label in labels {
            if label.text.len() > LONGEST {
                self.report(errors::label_too_long(label.span));
            } else if let Some(first) = kept.iter().find(|it| it.text == label.text) {
                let diagnostic = errors::label_twice(&label.text, label.span, first.span);
                self.report(diagnostic);
            } else {
                kept.push(label);
            }
        }
        let labels = kept.iter().map(|label| EnumLabel {
            oid: self.catalog.next_oid(),
            label: (*label.text).into(),
            uncommitted: false,
        });
        let labels: Vec<EnumLabel> = labels.collect();
        let oid = self.oid_of_new_type(shell);
        self.catalog.create_type(NewType {
            object: types::Type {
                kind: TypeKind::Enum,
                category: 'E',
                length: 4,
                storage: Storage::Plain,
                ..empty_type(oid, namespace, &name.name.name)
            },
            more: TypeDetails::Enum(labels),
            provenance: Some(Provenance::new(name.name.span)),
        });
    }

    /// The enum of a name with its labels; nothing if a mistake was reported or is known.
    fn enumeration(&mut self, name: &QualifiedName) -> Option<(Oid, Vec<EnumLabel>)> {
        let found = self.altered_type(name)?;
        let oid = found.oid;
        match self.catalog.made_type(oid).map(|it| &it.more) {
            Some(TypeDetails::Enum(labels)) => Some((oid, labels.clone())),
            Some(TypeDetails::Unknown) => None,
            Some(_) | None => {
                let declared = self.declared(Address::new(Class::Type, oid));
                self.report(errors::not_a("enum", &text_of(name), name.span, declared));
                None
            }
        }
    }

    pub(super) fn add_value(
        &mut self,
        name: &QualifiedName,
        if_not_exists: bool,
        label: &Label,
        place: Option<&(EnumPlace, Label)>,
    ) {
        let Some((oid, mut labels)) = self.enumeration(name) else {
            return;
        };
        if label.text.len() > LONGEST {
            return self.report(errors::label_too_long(label.span));
        }
        if labels.iter().any(|it| *it.label == *label.text) {
            if !if_not_exists {
                let diagnostic = errors::label_exists(&label.text, &text_of(name), label.span);
                self.report(diagnostic);
            }
            return;
        }
        let position = match place {
            None => labels.len(),
            Some((way, neighbour)) => {
                let found = labels.iter().position(|it| *it.label == *neighbour.text);
                let Some(found) = found else {
                    let names = labels.iter().map(|it| &*it.label);
                    let diagnostic = errors::unknown_label(
                        &neighbour.text,
                        &text_of(name),
                        neighbour.span,
                        names,
                    );
                    return self.report(diagnostic);
                };
                match way {
                    EnumPlace::Before => found,
                    EnumPlace::After => found + 1,
                }
            }
        };
        let uncommitted = self.label_is_uncommitted(oid);
        let added = EnumLabel {
            oid: self.catalog.next_oid(),
            label: (*label.text).into(),
            uncommitted,
        };
        labels.insert(position, added);
        self.catalog
            .types
            .change(oid, |it| it.more = TypeDetails::Enum(labels));
    }

    pub(super) fn rename_value(&mut self, name: &QualifiedName, from: &Label, to: &Label) {
        let Some((oid, mut labels)) = self.enumeration(name) else {
            return;
        };
        if to.text.len() > LONGEST {
            return self.report(errors::label_too_long(to.span));
        }
        let position = labels.iter().position(|it| *it.label == *from.text);
        let Some(position) = position else {
            let names = labels.iter().map(|it| &*it.label);
            let diagnostic = errors::unknown_label(&from.text, &text_of(name), from.span, names);
            return self.report(diagnostic);
        };
        if labels.iter().any(|it| *it.label == *to.text) {
            let diagnostic = errors::label_exists(&to.text, &text_of(name), to.span);
            return self.report(diagnostic);
        }
        if let Some(label) = labels.get_mut(position) {
            label.label = (*to.text).into();
        }
        self.catalog.types.change(oid, |it| {
            it.more = TypeDetails::Enum(labels);
            super::store::note_change(&mut it.provenance, from.span, ChangeKind::Rewritten);
        });
    }
}

/// A type of which only its place is said.
pub(super) fn empty_type(oid: Oid, namespace: Oid, name: &str) -> types::Type {
    types::Type {
        oid,
        namespace,
        name: Name::Owned(name.to_owned()),
        kind: TypeKind::Base,
        category: 'U',
        preferred: false,
        length: -1,
        storage: Storage::Extended,
        element: None,
        is_array: false,
        array: None,
        collation: None,
        takes_modifier: false,
    }
}
