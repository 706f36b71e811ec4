//! Which names are variables, of which kind and type, and which labels are in force (`pl_funcs.c`, `plpgsql_ns_lookup`).

use super::routine::{Fired, Routine};
use crate::postgres::ast::Ident;
use crate::postgres::resolve::{Conflict, Variable, VariableBlock, Variables};
use crate::postgres::types::{Oid, Typing, ValueType, well_known};
use std::cell::OnceCell;
use std::sync::Arc;

/// The names of the arguments of a cursor.
pub(super) type CursorArguments = Arc<[Arc<str>]>;

/// What a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Datum {
    /// What it holds.
    pub(super) shape: Shape,
    /// Its type; none for what only a run knows, such as the row of a `record`.
    pub(super) typed: Option<ValueType>,
    /// CONSTANT.
    pub(super) constant: bool,
    /// The names of the arguments of a cursor that has a query of its own.
    pub(super) cursor: Option<CursorArguments>,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value.
    Scalar,
    /// A row, whose fields are assigned one by one or together.
    Record,
    /// It is of a type of which nothing is known.
    Unknown,
}

impl Datum {
    /// A variable of a type.
    pub(super) fn of(typed: Option<ValueType>, typing: Typing<'_>) -> Datum {
        let (shape, typed) = match typed {
            None => (Shape::Unknown, None),
            Some(typed) if typed.oid == well_known::RECORD => (Shape::Record, None),
            Some(typed) if typing.row_relation(typed.oid).is_some() => (Shape::Record, Some(typed)),
            Some(typed) => (Shape::Scalar, Some(typed)),
        };
        Datum {
            shape,
            typed,
            constant: false,
            cursor: None,
        }
    }

    /// A variable of a type that every server has.
    pub(super) fn scalar(oid: Oid) -> Datum {
        Datum {
            shape: Shape::Scalar,
            typed: Some(ValueType::plain(oid).collated(collation_of(oid))),
            constant: false,
            cursor: None,
        }
    }

    /// A row of which it is known when it is put there what it is.
    pub(super) fn record() -> Datum {
        Datum {
            shape: Shape::Record,
            typed: None,
            constant: false,
            cursor: None,
        }
    }

    pub(super) fn constant(self) -> Datum {
        Datum {
            constant: true,
            ..self
        }
    }
}

fn collation_of(oid: Oid) -> Option<Oid> {
    match oid {
        well_known::NAME => Some(well_known::C_COLLATION),
        well_known::TEXT | well_known::TEXT_ARRAY => Some(well_known::DEFAULT_COLLATION),
        _ => None,
    }
}

/// What a name in parts was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// The variable.
    pub(super) datum: &'a Datum,
    /// Whether a field of it is named.
    pub(super) field: bool,
}

impl Found<'_> {
    /// Whether a whole row is named.
    pub(super) fn is_row(&self) -> bool {
        self.datum.shape == Shape::Record && !self.field
    }
}

/// What a label stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labelled {
    Block,
    Loop,
}

#[derive(Debug)]
struct Scope {
    label: Option<Arc<str>>,
    labelled: Labelled,
    names: Vec<(Arc<str>, Datum)>,
}

/// The scopes around a place, from the outermost.
#[derive(Debug)]
pub(super) struct Scopes {
    scopes: Vec<Scope>,
    /// `#variable_conflict`
    conflict: Conflict,
    /// What `$1`, `$2` … are.
    parameters: Vec<Option<ValueType>>,
    /// The names as expressions see them, until they change.
    visible: OnceCell<Arc<Variables>>,
}

impl Scopes {
    pub(super) fn new(routine: &Routine, typing: Typing<'_>) -> Scopes {
        let mut names: Vec<(Arc<str>, Datum)> = Vec::new();
        let mut parameters = Vec::new();
        for (number, argument) in (1..).zip(&routine.arguments) {
            let datum = Datum::of(argument.typed, typing);
            parameters.push(datum.typed);
            names.push((format!("${number}").into(), datum.clone()));
            names.extend(argument.name.clone().map(|name| (name, datum)));
        }
        names.push(("found".into(), Datum::scalar(well_known::BOOL)));
        names.extend(of_trigger(&routine.fired));
        Scopes {
            scopes: vec![Scope {
                label: routine.name.clone(),
                labelled: Labelled::Block,
                names,
            }],
            conflict: Conflict::Ambiguous,
            parameters,
            visible: OnceCell::new(),
        }
    }

    /// Says what a name means that is a column's as well.
    pub(super) fn resolve_conflicts(&mut self, conflict: Conflict) {
        self.conflict = conflict;
        self.visible = OnceCell::new();
    }

    pub(super) fn enter(&mut self, label: Option<&Ident>, labelled: Labelled) {
        self.scopes.push(Scope {
            label: label.map(|label| Arc::clone(&label.name)),
            labelled,
            names: Vec::new(),
        });
    }

    pub(super) fn leave(&mut self) {
        self.scopes.pop();
        self.visible = OnceCell::new();
    }

    /// Declares a name in the innermost scope; false if it is declared there already.
    pub(super) fn declare(&mut self, name: &Arc<str>, datum: Datum) -> bool {
        let Some(scope) = self.scopes.last_mut() else {
            return true;
        };
        let is_new = scope.names.iter().all(|(known, _)| known != name);
        scope.names.push((Arc::clone(name), datum));
        self.visible = OnceCell::new();
        is_new
    }

    /// What a name that may be qualified by a label, or name a field, stands for.
    pub(super) fn find(&self, parts: &[Ident]) -> Option<Found<'_>> {
        let (first, rest) = parts.split_first()?;
        for scope in self.scopes.iter().rev() {
            if let Some(found) = found_in(scope, first, rest) {
                return Some(found);
            }
            if scope.label.as_ref() == Some(&first.name)
                && let Some((second, rest)) = rest.split_first()
                && let Some(found) = found_in(scope, second, rest)
            {
                return Some(found);
            }
        }
        None
    }

    /// The names as an expression at this place sees them.
    pub(super) fn visible(&self) -> Arc<Variables> {
        let all = || {
            let scopes = self.scopes.iter().filter(|scope| !scope.names.is_empty());
            let blocks = scopes.map(|scope| VariableBlock {
                label: scope.label.clone(),
                variables: scope.names.iter().map(variable).collect(),
                row: None,
            });
            Arc::new(Variables {
                conflict: self.conflict,
                blocks: blocks.collect(),
                parameters: self.parameters.clone(),
                open: false,
            })
        };
        Arc::clone(self.visible.get_or_init(all))
    }

    /// What a label stands before.
    pub(super) fn label(&self, name: &str) -> Option<Labelled> {
        let mut scopes = self.scopes.iter().rev();
        let labelled = scopes.find(|scope| scope.label.as_deref() == Some(name));
        labelled.map(|scope| scope.labelled)
    }

    pub(super) fn is_in_loop(&self) -> bool {
        let mut scopes = self.scopes.iter();
        scopes.any(|scope| scope.labelled == Labelled::Loop)
    }
}

/// A name of a scope. What is one value has no fields, and is passed over where one is named.
fn found_in<'a>(scope: &'a Scope, name: &Ident, fields: &[Ident]) -> Option<Found<'a>> {
    let mut names = scope.names.iter().rev();
    let is_meant = |datum: &Datum| fields.is_empty() || datum.shape != Shape::Scalar;
    let (_, datum) = names.find(|(known, datum)| *known == name.name && is_meant(datum))?;
    Some(Found {
        datum,
        field: !fields.is_empty(),
    })
}

fn variable((name, datum): &(Arc<str>, Datum)) -> Variable {
    Variable {
        name: Arc::clone(name),
        typed: datum.typed,
        number: 0,
    }
}

/// The variables that a trigger's function finds.
fn of_trigger(fired: &Fired) -> Vec<(Arc<str>, Datum)> {
    let facts: &[(&str, Oid)] = match fired {
        Fired::Never => &[],
        Fired::ByRows(_) => &[
            ("tg_name", well_known::NAME),
            ("tg_when", well_known::TEXT),
            ("tg_level", well_known::TEXT),
            ("tg_op", well_known::TEXT),
            ("tg_relid", well_known::OID),
            ("tg_relname", well_known::NAME),
            ("tg_table_name", well_known::NAME),
            ("tg_table_schema", well_known::NAME),
            ("tg_nargs", well_known::INT4),
            ("tg_argv", well_known::TEXT_ARRAY),
        ],
        Fired::ByCommands => &[("tg_event", well_known::TEXT), ("tg_tag", well_known::TEXT)],
    };
    let facts = facts
        .iter()
        .map(|(name, oid)| (Arc::from(*name), Datum::scalar(*oid)));
    let mut names: Vec<(Arc<str>, Datum)> = facts.collect();
    if let Fired::ByRows(row) = fired {
        for name in ["new", "old"] {
            let datum = Datum {
                typed: *row,
                ..Datum::record()
            };
            names.push((name.into(), datum));
        }
    }
    names
}
