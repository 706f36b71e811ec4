//! ALTER FUNCTION, CALL, and other statements about one routine.

use crate::errors::postgres::routines as errors;
use crate::postgres::ast::{AlterRoutine, ObjectReference, RoutineWord};
use crate::postgres::replay::Replay;
use crate::postgres::types::FunctionKind;

impl Replay {
    pub(in crate::postgres::replay) fn alter_routine(&mut self, alter: &AlterRoutine) {
        let procedure = alter.routine.word == RoutineWord::Procedure;
        let options = self.routine_options(&alter.options, procedure);
        let reference = ObjectReference::Routine(alter.routine.clone());
        let Some(found) = self.object(&reference) else {
            return;
        };
        let Some(routine) = self.catalog.routines.get(found.oid).cloned() else {
            return;
        };
        if matches!(routine.object.kind, FunctionKind::Aggregate(_)) {
            let name = self.catalog.signature_text(found.oid);
            let message = format!("`{name}` is an aggregate function");
            return self.report(errors::refused(message, alter.routine.span));
        }
        if let Some(rows) = options.rows
            && !routine.object.returns_set
        {
            let message = "ROWS is for functions that return a set";
            self.report(errors::refused(message, rows));
        }
        if let Some(support) = options.support {
            self.check_support(support);
        }
        self.catalog.routines.change(found.oid, |it| {
            it.object.strict = options.strict.unwrap_or(it.object.strict);
            it.object.volatility = options.volatility.unwrap_or(it.object.volatility);
            it.more.security_definer = options.security_definer.unwrap_or(it.more.security_definer);
            it.more.leakproof = options.leakproof.unwrap_or(it.more.leakproof);
            for setting in options.settings {
                setting.apply(&mut it.more.settings);
            }
        });
    }
}
