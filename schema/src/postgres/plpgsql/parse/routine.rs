//! What is known of a routine whose body is read.

use crate::postgres::catalog::Catalog;
use crate::postgres::types::{
    self, Function, FunctionKind, Objects as _, ParameterMode, Typing, ValueType, well_known,
};
use std::sync::Arc;

/// What is known of the routine whose body is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// Its name, by which its arguments may be qualified.
    pub name: Option<Arc<str>>,
    /// Its arguments, and the columns of its result.
    pub arguments: Vec<Argument>,
    /// What it returns.
    pub returns: Returning,
    /// The columns of the rows that it returns, where they are known.
    pub rows: Option<Vec<ValueType>>,
    /// What it is called by.
    pub fired: Fired,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name, if it has one.
    pub name: Option<Arc<str>>,
    /// Its type; none if only a call tells.
    pub typed: Option<ValueType>,
}

/// What a routine returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Returning {
    /// Nothing, or its arguments that go out: RETURN has no value.
    Nothing,
    /// A value.
    Value,
    /// Rows, each the value of a RETURN NEXT.
    Rows,
    /// Rows of the arguments that go out: RETURN NEXT has no value.
    OutputRows,
}

/// What calls a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fired {
    /// A statement.
    Never,
    /// A trigger of a table, whose rows are of this type if it is known which table that is.
    ByRows(Option<ValueType>),
    /// An event trigger.
    ByCommands,
}

impl Routine {
    /// A DO block.
    #[must_use]
    pub fn anonymous() -> Routine {
        Routine {
            name: Some("inline_code_block".into()),
            arguments: Vec::new(),
            returns: Returning::Nothing,
            rows: None,
            fired: Fired::Never,
        }
    }

    /// A function or procedure of a catalog.
    #[must_use]
    pub fn of(catalog: &Catalog, function: &Function) -> Routine {
        let typing = Typing::new(catalog);
        let argument = |name: &str, oid| {
            let typed = ValueType::plain(oid).collated(typing.collation_of(oid));
            Argument {
                name: (!name.is_empty()).then(|| name.into()),
                typed: Some(typed),
            }
        };
        let arguments: Vec<Argument> = match function.parameters.is_empty() {
            // None of them has a name.
            true => function
                .inputs
                .iter()
                .map(|oid| argument("", *oid))
                .collect(),
            false => {
                let all = function.parameters.iter();
                all.map(|it| argument(&it.name, it.value)).collect()
            }
        };
        let goes_out = function.parameters.iter().any(|it| goes_out(it.mode));
        let returns_nothing = function.kind == FunctionKind::Procedure
            || matches!(
                function.result,
                well_known::VOID | well_known::EVENT_TRIGGER
            );
        Routine {
            name: Some((*function.name).into()),
            arguments,
            returns: match (function.returns_set, goes_out) {
                (true, true) => Returning::OutputRows,
                (true, false) => Returning::Rows,
                (false, true) => Returning::Nothing,
                (false, false) if returns_nothing => Returning::Nothing,
                (false, false) => Returning::Value,
            },
            rows: rows_of(catalog, function),
            fired: match function.result {
                well_known::TRIGGER => Fired::ByRows(None),
                well_known::EVENT_TRIGGER => Fired::ByCommands,
                _ => Fired::Never,
            },
        }
    }

    /// The same where the types of polymorphic arguments are tried out, as when it is created, or left open.
    #[must_use]
    pub fn polymorphic_as(mut self, typed: impl Fn(types::Oid) -> Option<ValueType>) -> Routine {
        for argument in &mut self.arguments {
            if let Some(known) = argument.typed
                && types::is_polymorphic(known.oid)
            {
                argument.typed = typed(known.oid);
            }
        }
        self
    }
}

/// The columns of the rows that a function returns; nothing where it returns none, or only a call tells.
fn rows_of(catalog: &Catalog, function: &Function) -> Option<Vec<ValueType>> {
    if !function.returns_set {
        return None;
    }
    let outputs = function.parameters.iter().filter(|it| goes_out(it.mode));
    let outputs: Vec<ValueType> = outputs.map(|it| ValueType::plain(it.value)).collect();
    let rows = match (
        outputs.is_empty(),
        Typing::new(catalog).row_relation(function.result),
    ) {
        (false, _) => outputs,
        (true, Some(relation)) => {
            let columns = catalog.attributes(relation).into_iter();
            columns.map(|it| it.value).collect()
        }
        (true, None) if function.result == well_known::RECORD => return None,
        (true, None) => vec![ValueType::plain(function.result)],
    };
    let is_open = rows.iter().any(|it| types::is_polymorphic(it.oid));
    (!is_open).then_some(rows)
}

fn goes_out(mode: ParameterMode) -> bool {
    match mode {
        ParameterMode::Out | ParameterMode::InOut | ParameterMode::Table => true,
        ParameterMode::In | ParameterMode::Variadic => false,
    }
}
