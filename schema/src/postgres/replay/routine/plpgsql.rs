//! Bodies in PL/pgSQL, which the engine compiles when the routine is made.

use crate::postgres::catalog::BodyText;
use crate::postgres::plpgsql::parse::{Routine, parse};
use crate::postgres::replay::Replay;
use crate::postgres::types::{Function, ValueType, well_known};

impl Replay {
    /// Checks the grammar of a body, its variables and their types.
    pub(super) fn check_plpgsql(&mut self, function: &Function, body: &BodyText) {
        // The engine tries what is polymorphic with integers.
        let routine = Routine::of(&self.catalog, function)
            .polymorphic_as(|_| Some(ValueType::plain(well_known::INT4)));
        let environment = self.environment();
        let parsed = parse(
            &body.text,
            body.literal,
            body.verbatim,
            &routine,
            environment,
        );
        if let Err(diagnostic) = parsed {
            self.report(*diagnostic);
        }
    }
}
