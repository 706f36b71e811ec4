//! Which names are variables, and which labels are in force.

use super::Routine;
use crate::postgres::ast::Ident;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A variable that can be assigned.
    Variable,
    /// A variable with fields.
    Record,
    Constant,
    /// A cursor with a query of its own.
    Cursor,
}

/// What a label stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labelled {
    Block,
    Loop,
}

#[derive(Debug)]
struct Scope {
    label: Option<Box<str>>,
    labelled: Labelled,
    names: Vec<(Box<str>, Kind)>,
}

/// The scopes around a place, from the outermost.
#[derive(Debug)]
pub(super) struct Scopes(Vec<Scope>);

impl Scopes {
    pub(super) fn new(routine: &Routine) -> Scopes {
        let arguments = routine.arguments.iter().cloned();
        let numbers = (1..=routine.argument_count).map(|number| format!("${number}").into());
        let mut names: Vec<(Box<str>, Kind)> = arguments
            .chain(numbers)
            .map(|name| (name, Kind::Record))
            .collect();
        names.push(("found".into(), Kind::Variable));
        if routine.trigger {
            names.extend(["new", "old"].map(|name| (name.into(), Kind::Record)));
            let facts = [
                "tg_name",
                "tg_when",
                "tg_level",
                "tg_op",
                "tg_relid",
                "tg_relname",
                "tg_table_name",
                "tg_table_schema",
                "tg_nargs",
                "tg_argv",
                "tg_event",
                "tg_tag",
            ];
            names.extend(facts.map(|name| (name.into(), Kind::Variable)));
        }
        Scopes(vec![Scope {
            label: routine.name.clone(),
            labelled: Labelled::Block,
            names,
        }])
    }

    pub(super) fn enter(&mut self, label: Option<&Ident>, labelled: Labelled) {
        self.0.push(Scope {
            label: label.map(|label| (*label.name).into()),
            labelled,
            names: Vec::new(),
        });
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// Declares a name in the innermost scope; false if it is declared there already.
    pub(super) fn declare(&mut self, name: &str, kind: Kind) -> bool {
        let Some(scope) = self.0.last_mut() else {
            return true;
        };
        let is_new = scope.names.iter().all(|(known, _)| **known != *name);
        scope.names.push((name.into(), kind));
        is_new
    }

    /// What a name that may be qualified by a label or a record stands for.
    pub(super) fn find(&self, parts: &[Ident]) -> Option<Kind> {
        let first = parts.first()?;
        for scope in self.0.iter().rev() {
            let own = scope
                .names
                .iter()
                .rev()
                .find(|(name, _)| **name == *first.name);
            if let Some((_, kind)) = own {
                return Some(*kind);
            }
            let is_label = scope.label.as_deref() == Some(&*first.name);
            if let (true, Some(second)) = (is_label, parts.get(1)) {
                let inner = scope
                    .names
                    .iter()
                    .rev()
                    .find(|(name, _)| **name == *second.name);
                if let Some((_, kind)) = inner {
                    return Some(*kind);
                }
            }
        }
        None
    }

    /// What a label stands before, unless it is that of the routine.
    pub(super) fn label(&self, name: &str) -> Option<Labelled> {
        let labelled = self
            .0
            .iter()
            .rev()
            .find(|scope| scope.label.as_deref() == Some(name));
        labelled.map(|scope| scope.labelled)
    }

    pub(super) fn is_in_loop(&self) -> bool {
        self.0.iter().any(|scope| scope.labelled == Labelled::Loop)
    }
}
