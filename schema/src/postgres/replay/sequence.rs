//! CREATE SEQUENCE and ALTER SEQUENCE.

use super::Replay;
use super::relations::{Wanted, declared};
use super::store::NewRelation;
use crate::catalog::{ChangeKind, Provenance};
use crate::errors::postgres::{relations, sequences as errors};
use crate::postgres::ast::{
    AlterSequence, CreateSequence, Ident, Number, Persistence, QualifiedName, SequenceOption,
    SequenceOptionKind,
};
use crate::postgres::catalog::{
    self, Address, Column, Dependency, Relation, RelationKind, Sequence,
};
use crate::postgres::types::{Oid, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// What a sequence is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A sequence of its own.
    Alone,
    /// An identity column, of a type unless that is not known.
    Identity(Option<Oid>),
}

impl Replay {
    pub(super) fn create_sequence(&mut self, create: &CreateSequence) {
        let name = &create.name;
        let Some(namespace) = self.place_of_new(name, create.persistence) else {
            return;
        };
        if !self.is_name_free(namespace, &name.name, create.if_not_exists, false) {
            return;
        }
        let sequence = self.sequence_parameters(&create.options, None, Purpose::Alone);
        let provenance = Some(Provenance::new(name.span));
        let oid = self.make_sequence(
            Arc::clone(&name.name.name),
            namespace,
            persistence(create.persistence),
            sequence,
            provenance,
        );
        for option in &create.options {
            if let SequenceOptionKind::OwnedBy(parts) = &option.kind {
                self.own_sequence(oid, parts, option.span);
            }
        }
    }

    /// Puts a sequence into the catalog.
    pub(super) fn make_sequence(
        &mut self,
        name: Arc<str>,
        namespace: Oid,
        persistence: catalog::Persistence,
        sequence: Sequence,
        provenance: Option<Provenance>,
    ) -> Oid {
        let columns = [
            ("last_value", well_known::INT8),
            ("log_cnt", well_known::INT8),
            ("is_called", well_known::BOOL),
        ];
        let columns = (1..).zip(columns).map(|(number, (name, oid))| Column {
            not_null: true,
            ..Column::new(number, name.into(), ValueType::plain(oid))
        });
        let kind = RelationKind::Sequence(sequence);
        self.catalog.create_relation(NewRelation {
            persistence,
            ..NewRelation::new(name, namespace, kind, columns.collect(), provenance)
        })
    }

    pub(super) fn alter_sequence(&mut self, alter: &AlterSequence) {
        let found = self.relation_of_kind(&alter.name, Wanted::Sequence, alter.if_exists);
        let Some(relation) = found else {
            return;
        };
        self.change_sequence(&relation, &alter.options, Purpose::Alone);
    }

    /// Changes the options of a sequence.
    pub(super) fn change_sequence(
        &mut self,
        relation: &Relation,
        options: &[SequenceOption],
        purpose: Purpose,
    ) {
        let Some(before) = relation.sequence().copied() else {
            return;
        };
        let after = self.sequence_parameters(options, Some(before), purpose);
        let Some(span) = options.first().map(|option| option.span) else {
            return;
        };
        self.catalog.relations.change(relation.oid, |it| {
            it.kind = RelationKind::Sequence(after);
            super::store::note_change(&mut it.provenance, span, ChangeKind::ConstraintChanged);
        });
        for option in options {
            if let SequenceOptionKind::OwnedBy(parts) = &option.kind {
                self.own_sequence(relation.oid, parts, option.span);
            }
        }
    }

    /// The parameters of a new sequence, or of one after ALTER (`init_params`).
    pub(super) fn sequence_parameters(
        &mut self,
        options: &[SequenceOption],
        before: Option<Sequence>,
        purpose: Purpose,
    ) -> Sequence {
        let given = self.given(options, purpose);
        let known = before.unwrap_or(Sequence {
            type_oid: well_known::INT8,
            start: 1,
            increment: 1,
            minimum: 1,
            maximum: i64::MAX,
            cache: 1,
            cycle: false,
        });
        let is_new = before.is_none();
        let of_identity = match purpose {
            Purpose::Identity(of) if is_new => of,
            Purpose::Identity(_) | Purpose::Alone => None,
        };
        let type_oid = given.type_oid.or(of_identity).unwrap_or(known.type_oid);
        let (least, greatest) = limits(type_oid);
        let (known_least, known_greatest) = limits(known.type_oid);
        // A new type takes the limits along that were those of the old one.
        let is_retyped = !is_new && given.type_oid.is_some();
        let renews_maximum = is_retyped && known.maximum == known_greatest;
        let renews_minimum = is_retyped && known.minimum == known_least;
        let increment = given.increment.map_or(known.increment, |(value, _)| value);
        if let Some((0, span)) = given.increment {
            self.report(errors::refused("INCREMENT must not be zero", span));
        }
        let maximum = match given.maximum {
            Some((Some(value), _)) => value,
            None if !is_new && !renews_maximum => known.maximum,
            Some((None, _)) | None if increment >= 0 => greatest,
            Some((None, _)) | None => -1,
        };
        let minimum = match given.minimum {
            Some((Some(value), _)) => value,
            None if !is_new && !renews_minimum => known.minimum,
            Some((None, _)) | None if increment < 0 => least,
            Some((None, _)) | None => 1,
        };
        let start = match given.start {
            Some((value, _)) => value,
            None if !is_new => known.start,
            None if increment >= 0 => minimum,
            None => maximum,
        };
        let sequence = Sequence {
            type_oid,
            start,
            increment,
            minimum,
            maximum,
            cache: given.cache.map_or(known.cache, |(value, _)| value),
            cycle: given.cycle.unwrap_or(known.cycle),
        };
        let whole = options.iter().map(|option| option.span);
        if let Some(whole) = whole.reduce(Span::to) {
            self.check_sequence(&sequence, &given, (least, greatest), whole);
        }
        sequence
    }

    /// Reports what of the parameters contradicts the rest: one mistake at most, as the others may follow from it.
    fn check_sequence(
        &mut self,
        sequence: &Sequence,
        given: &Given,
        (least, greatest): (i64, i64),
        whole: Span,
    ) {
        let Sequence {
            minimum,
            maximum,
            start,
            ..
        } = *sequence;
        let type_name = self.catalog.type_text(sequence.type_oid);
        let place = |option: Option<Span>| option.unwrap_or(whole);
        let of_maximum = place(given.maximum.map(|(_, span)| span));
        let of_minimum = place(given.minimum.map(|(_, span)| span));
        let of_start = place(given.start.map(|(_, span)| span));
        let range = least..=greatest;
        let mistake = if !range.contains(&maximum) {
            let text = format!("MAXVALUE {maximum} is out of the range of type `{type_name}`");
            Some((text, of_maximum))
        } else if !range.contains(&minimum) {
            let text = format!("MINVALUE {minimum} is out of the range of type `{type_name}`");
            Some((text, of_minimum))
        } else if minimum >= maximum {
            let text = format!("MINVALUE {minimum} must be less than MAXVALUE {maximum}");
            Some((text, of_minimum))
        } else if start < minimum {
            let text = format!("START {start} cannot be less than MINVALUE {minimum}");
            Some((text, of_start))
        } else if start > maximum {
            let text = format!("START {start} cannot be greater than MAXVALUE {maximum}");
            Some((text, of_start))
        } else if let Some((cache, span)) = given.cache.filter(|(cache, _)| *cache <= 0) {
            Some((format!("CACHE {cache} must be greater than zero"), span))
        } else if let Some((restart, span)) = given.restart {
            let range = minimum..=maximum;
            let text = format!("RESTART {restart} is not between {minimum} and {maximum}");
            (!range.contains(&restart)).then_some((text, span))
        } else {
            None
        };
        if let Some((text, span)) = mistake {
            self.report(errors::refused(text, span));
        }
    }

    fn given(&mut self, options: &[SequenceOption], purpose: Purpose) -> Given {
        let mut given = Given::default();
        let mut seen: Vec<&SequenceOption> = Vec::new();
        for option in options {
            let span = option.span;
            let is_same = |other: &&&SequenceOption| {
                std::mem::discriminant(&other.kind) == std::mem::discriminant(&option.kind)
            };
            if let Some(first) = seen.iter().find(is_same) {
                let first = first.span;
                self.report(errors::twice(span, first));
                continue;
            }
            seen.push(option);
            match &option.kind {
                SequenceOptionKind::As(name) => {
                    let Some(typed) = self.type_named(name) else {
                        continue;
                    };
                    match typed.oid {
                        well_known::INT2 | well_known::INT4 | well_known::INT8 => {
                            given.type_oid = Some(typed.oid);
                        }
                        _ => self.report(errors::wrong_type("a sequence", span)),
                    }
                }
                SequenceOptionKind::Cache(number) => given.cache = self.bigint(number, span),
                SequenceOptionKind::Cycle(cycle) => given.cycle = Some(*cycle),
                SequenceOptionKind::Increment(number) => {
                    given.increment = self.bigint(number, span);
                }
                SequenceOptionKind::MaxValue(number) => {
                    given.maximum = self.maybe_bigint(number.as_ref(), span);
                }
                SequenceOptionKind::MinValue(number) => {
                    given.minimum = self.maybe_bigint(number.as_ref(), span);
                }
                SequenceOptionKind::Start(number) => given.start = self.bigint(number, span),
                SequenceOptionKind::Restart(number) => {
                    let number = number.as_ref();
                    given.restart = number.and_then(|number| self.bigint(number, span));
                }
                SequenceOptionKind::OwnedBy(_) => {}
                SequenceOptionKind::Name(_) | SequenceOptionKind::Logged(_) => {
                    if purpose == Purpose::Alone {
                        let text = "this option is for identity columns only";
                        self.report(errors::refused(text, span));
                    }
                }
            }
        }
        given
    }

    fn maybe_bigint(&mut self, number: Option<&Number>, span: Span) -> Option<(Option<i64>, Span)> {
        match number {
            Some(number) => self.bigint(number, span).map(|(it, span)| (Some(it), span)),
            None => Some((None, span)),
        }
    }

    fn bigint(&mut self, number: &Number, span: Span) -> Option<(i64, Span)> {
        let value = number.text.parse::<i64>().ok();
        if value.is_none() {
            self.report(errors::not_a_bigint(&number.text, number.span));
        }
        value.map(|value| (value, span))
    }

    /// OWNED BY (`process_owned_by`).
    fn own_sequence(&mut self, sequence: Oid, parts: &[Ident], span: Span) {
        let Some(relation) = self.relation_of(sequence) else {
            return;
        };
        let owner = match parts {
            [none] if *none.name == *"none" => None,
            [table @ .., column] if !table.is_empty() => {
                let Some(table) = qualified(table) else {
                    return self.report(errors::no_owner(span));
                };
                let Some(of) = self.relation_named(&table, Wanted::Relation, false) else {
                    return;
                };
                let can_own = matches!(
                    of.kind,
                    RelationKind::Table
                        | RelationKind::Partitioned(_)
                        | RelationKind::Foreign(_)
                        | RelationKind::View(_)
                );
                if !can_own {
                    let kind = of.kind.noun();
                    let at = table.span;
                    let where_made = declared(&of);
                    let wrong = relations::wrong_kind(&of.name, kind, "table", at, where_made);
                    return self.report(wrong);
                }
                if of.namespace != relation.namespace {
                    return self.report(errors::other_schema(span));
                }
                let Some(column) = self.column_named(&of, column) else {
                    return;
                };
                Some((of.oid, column))
            }
            _ => return self.report(errors::no_owner(span)),
        };
        if let Some((_, _, Dependency::Internal)) = self.catalog.owner_of_sequence(sequence) {
            let what = "its owner cannot be changed";
            return self.report(errors::of_identity(&relation.name, what, span));
        }
        let this = Address::relation(sequence);
        self.catalog
            .dependencies
            .forget_kind(this, Dependency::Auto);
        if let Some((table, column)) = owner {
            let column = Address::column(table, column);
            self.catalog
                .dependencies
                .add(this, column, Dependency::Auto);
        }
    }
}

/// The options as they are written.
#[derive(Debug, Default)]
struct Given {
    type_oid: Option<Oid>,
    increment: Option<(i64, Span)>,
    maximum: Option<(Option<i64>, Span)>,
    minimum: Option<(Option<i64>, Span)>,
    start: Option<(i64, Span)>,
    restart: Option<(i64, Span)>,
    cache: Option<(i64, Span)>,
    cycle: Option<bool>,
}

/// The least and the greatest value of a type.
fn limits(type_oid: Oid) -> (i64, i64) {
    match type_oid {
        well_known::INT2 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        well_known::INT4 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    }
}

/// A name of one to three parts.
pub(super) fn qualified(parts: &[Ident]) -> Option<QualifiedName> {
    let (name, before) = parts.split_last()?;
    let span = parts.first().map_or(name.span, |it| it.span.to(name.span));
    let (catalog, schema) = match before {
        [] => (None, None),
        [schema] => (None, Some(schema.clone())),
        [catalog, schema] => (Some(catalog.clone()), Some(schema.clone())),
        _ => return None,
    };
    Some(QualifiedName {
        catalog,
        schema,
        name: name.clone(),
        span,
    })
}

/// How long a relation lives, as the catalog says it.
pub(super) fn persistence(written: Persistence) -> catalog::Persistence {
    match written {
        Persistence::Permanent => catalog::Persistence::Permanent,
        Persistence::Unlogged => catalog::Persistence::Unlogged,
        Persistence::Temporary => catalog::Persistence::Temporary,
    }
}
