//! Defaults of columns, and the sequences of serial and identity columns.

use super::check::renumbered;
use super::parts::NewIdentity;
use super::{NewColumn, NewDefault};
use crate::catalog::Provenance;
use crate::postgres::ast::SequenceOptionKind;
use crate::postgres::catalog::{Address, Dependency, Persistence, Relation, Sequence};
use crate::postgres::replay::Replay;
use crate::postgres::replay::sequence::Purpose;
use crate::postgres::tree::{CoercionForm, Constant, Expr, FunctionCall, Value};
use crate::postgres::types::{Oid, ValueType, well_known};
use crate::text::Span;
use std::sync::Arc;

/// `nextval(regclass)`
const NEXTVAL: Oid = Oid(1574);
/// `int4(bigint)`
const TO_INT4: Oid = Oid(480);
/// `int2(bigint)`
const TO_INT2: Oid = Oid(714);

impl Replay {
    /// Makes the sequences of new columns that need one, and sets the defaults of all.
    pub(crate) fn store_defaults(&mut self, table: Oid, columns: &[NewColumn<'_>]) {
        for new in columns {
            let column = &new.column;
            if let Some((identity, span)) = &new.identity {
                let typed = column.typed.oid;
                self.identity_sequence(table, column.number, typed, identity, *span);
            }
            let Some(relation) = self.relation_of(table) else {
                return;
            };
            let name = &column.name;
            let stored = match &new.default {
                None => None,
                Some(NewDefault::Written(value)) => {
                    let value = self.default_expression(value, name, column.typed);
                    value.map(|value| (value, None))
                }
                Some(NewDefault::Generated(value, kind)) => {
                    let value = self.generation_expression(&relation, value, name, column.typed);
                    value.map(|value| (value, Some(*kind)))
                }
                Some(NewDefault::Serial(typed)) => {
                    let sequence = self.serial_sequence(&relation, column.number, *typed, new.span);
                    Some((Arc::new(next_value(sequence, *typed)), None))
                }
                Some(NewDefault::Copied(value, kind, from)) => {
                    Some((Arc::new(renumbered(value, from, &relation)), *kind))
                }
            };
            if let Some((value, kind)) = stored {
                // DEFAULT NULL is no default.
                let is_null = matches!(&*value, Expr::Constant(Constant { value: None, .. }));
                if !is_null || kind.is_some() {
                    self.catalog
                        .store_default(table, column.number, value, kind);
                }
            }
        }
    }

    /// The sequence of a serial column, owned by it.
    fn serial_sequence(&mut self, table: &Relation, column: i16, typed: Oid, span: Span) -> Oid {
        let as_type = Sequence {
            type_oid: typed,
            start: 1,
            increment: 1,
            minimum: 1,
            maximum: match typed {
                well_known::INT2 => i64::from(i16::MAX),
                well_known::INT4 => i64::from(i32::MAX),
                _ => i64::MAX,
            },
            cache: 1,
            cycle: false,
        };
        self.owned_sequence(table, column, as_type, None, Dependency::Auto, span)
    }

    /// The sequence of an identity column.
    pub(crate) fn identity_sequence(
        &mut self,
        table: Oid,
        column: i16,
        typed: Oid,
        identity: &NewIdentity<'_>,
        span: Span,
    ) {
        let Some(relation) = self.relation_of(table) else {
            return;
        };
        let known = match typed {
            well_known::INT2 | well_known::INT4 | well_known::INT8 => Some(typed),
            Oid(0) => None,
            _ => {
                let diagnostic =
                    crate::errors::postgres::sequences::wrong_type("an identity column", span);
                self.report(diagnostic);
                None
            }
        };
        let (sequence, name) = match identity {
            NewIdentity::Copied(sequence) => {
                // Of which type it was is not copied (`expandTableLikeClause`).
                let type_oid = well_known::INT8;
                (
                    Sequence {
                        type_oid,
                        ..*sequence
                    },
                    None,
                )
            }
            NewIdentity::Written(options) => {
                let purpose = Purpose::Identity(known);
                let sequence = self.sequence_parameters(options, None, purpose);
                let name = options.iter().find_map(|option| match &option.kind {
                    SequenceOptionKind::Name(name) => Some(Arc::clone(&name.name.name)),
                    _ => None,
                });
                (sequence, name)
            }
        };
        self.owned_sequence(
            &relation,
            column,
            sequence,
            name,
            Dependency::Internal,
            span,
        );
    }

    fn owned_sequence(
        &mut self,
        table: &Relation,
        column: i16,
        sequence: Sequence,
        name: Option<Arc<str>>,
        way: Dependency,
        span: Span,
    ) -> Oid {
        let of = table.column_at(column).map(|it| Arc::clone(&it.name));
        let chosen = self.catalog.choose_relation_name(
            &table.name,
            of.as_deref(),
            "seq",
            table.namespace,
            false,
        );
        let persistence = match table.persistence {
            Persistence::Temporary => Persistence::Temporary,
            Persistence::Unlogged if self.catalog.version >= 15 => Persistence::Unlogged,
            Persistence::Unlogged | Persistence::Permanent => Persistence::Permanent,
        };
        let name = name.unwrap_or_else(|| chosen.into());
        let provenance = Some(Provenance::new(span));
        let oid = self.make_sequence(name, table.namespace, persistence, sequence, provenance);
        let column = Address::column(table.oid, column);
        self.catalog
            .dependencies
            .add(Address::relation(oid), column, way);
        oid
    }
}

/// `nextval('sequence'::regclass)`, as a value of a type.
fn next_value(sequence: Oid, typed: Oid) -> Expr {
    let call = |function: Oid, argument: Expr, typed: Oid, form: CoercionForm| {
        Expr::Function(Box::new(FunctionCall {
            function,
            arguments: vec![argument],
            variadic: false,
            returns_set: false,
            form,
            typed: ValueType::plain(typed),
        }))
    };
    let name = Expr::Constant(Constant {
        typed: ValueType::plain(well_known::REGCLASS),
        value: Some(Value::Object(sequence)),
    });
    let next = call(NEXTVAL, name, well_known::INT8, CoercionForm::Call);
    let implicit = CoercionForm::Implicit;
    match typed {
        well_known::INT2 => call(TO_INT2, next, typed, implicit),
        well_known::INT4 => call(TO_INT4, next, typed, implicit),
        _ => next,
    }
}
