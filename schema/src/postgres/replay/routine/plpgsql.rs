//! Bodies in PL/pgSQL, of which the engine checks the grammar when the routine is made.

use crate::postgres::ast::{
    ArgumentMode, CreateRoutine, Returns, RoutineText, TypeName, TypeNameKind,
};
use crate::postgres::plpgsql::parse::{Returning, Routine, parse};
use crate::postgres::replay::Replay;

impl Replay {
    /// Checks the grammar of a body.
    pub(super) fn check_plpgsql(&mut self, create: &CreateRoutine, text: &RoutineText) {
        let routine = routine(create);
        let version = u32::from(self.catalog.version);
        let parsed = parse(&text.text, text.span, text.verbatim, &routine, version);
        if let Err(diagnostic) = parsed {
            self.report(*diagnostic);
        }
    }
}

/// What a body can refer to.
fn routine(create: &CreateRoutine) -> Routine {
    let mut arguments: Vec<Box<str>> = Vec::new();
    let mut goes_out = create.procedure;
    for argument in &create.arguments {
        goes_out |= matches!(argument.mode, Some(ArgumentMode::Out | ArgumentMode::InOut));
        arguments.extend(argument.name.as_ref().map(|name| (*name.name).into()));
    }
    let mut trigger = false;
    let returns = match &create.returns {
        Some(Returns::Table(columns, _)) => {
            arguments.extend(columns.iter().map(|column| (*column.name.name).into()));
            Returning::Rows
        }
        Some(Returns::Type(name)) if name.set_of => Returning::Rows,
        Some(Returns::Type(name)) => {
            trigger = is_named(name, "trigger");
            let returns_nothing = is_named(name, "void") || is_named(name, "event_trigger");
            match returns_nothing || goes_out {
                true => Returning::Nothing,
                false => Returning::Value,
            }
        }
        None => Returning::Nothing,
    };
    Routine {
        name: Some((*create.name.name.name).into()),
        argument_count: create.arguments.len(),
        arguments,
        returns,
        // An event trigger has its variables, too.
        trigger: trigger
            || matches!(&create.returns, Some(Returns::Type(name)) if is_named(name, "event_trigger")),
    }
}

fn is_named(name: &TypeName, wanted: &str) -> bool {
    match &name.kind {
        TypeNameKind::Named { name, .. } => &*name.name.name == wanted,
        _ => false,
    }
}
