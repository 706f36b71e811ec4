//! Routines whose bodies name what is not there: the engine tells when they run.
//!
//! They are judged when the last migration is done, as a function may be made before the table that it reads, and as a
//! later migration may drop what it names.

use super::signature::{Returned, Signature};
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::routines as errors;
use crate::postgres::catalog::{BodyText, RoutineBody, Trigger};
use crate::postgres::plpgsql::check::{self, Body, Firing, Made};
use crate::postgres::plpgsql::parse::{Fired, Routine, parse};
use crate::postgres::replay::Replay;
use crate::postgres::replay::settings::split_names;
use crate::postgres::types::{Function, Name, Parameter, ParameterMode};
use std::sync::Arc;

/// A routine that is judged.
struct Judged {
    function: Function,
    body: Arc<RoutineBody>,
    /// `search_path` of the routine itself.
    path: Option<Arc<str>>,
}

impl Replay {
    /// Judges the bodies of all routines, unless a mistake has kept something from being there that they may name.
    pub(in crate::postgres::replay) fn judge_routines(&mut self) {
        if !self.doubts.is_empty() {
            return;
        }
        let judged = self.routines_with_texts();
        let (plpgsql, sql) = (self.language("plpgsql"), self.language("sql"));
        let mut made = Made::default();
        for routine in &judged {
            if let RoutineBody::Text(body) = &*routine.body {
                made.add(&body.text, body.literal);
            }
        }
        let mut judge = self.clone();
        for routine in &judged {
            let RoutineBody::Text(body) = &*routine.body else {
                continue;
            };
            judge.diagnostics.clear();
            judge.catalog.set_search_path(self.path_of(routine));
            let language = Some(routine.function.language);
            if language == plpgsql {
                judge.names_of_plpgsql(&routine.function, body, &made);
            } else if language == sql && !made.is_in(&body.text, body.literal) {
                judge.names_of_sql(&routine.function, body);
            }
            let found = std::mem::take(&mut judge.diagnostics);
            let name = &routine.function.name;
            self.report_broken(name, found);
        }
    }

    /// One diagnostic for a mistake, however many triggers call the function.
    fn report_broken(&mut self, name: &str, found: Vec<Diagnostic>) {
        let mut told: Vec<Diagnostic> = Vec::new();
        for reason in found {
            let is_known = |known: &Diagnostic| known.primary.span == reason.primary.span;
            if !told.iter().any(is_known) {
                told.push(reason);
            }
        }
        let broken = told
            .iter()
            .map(|reason| errors::broken_routine(name, reason));
        self.diagnostics.extend(broken);
    }

    fn routines_with_texts(&self) -> Vec<Judged> {
        let routines = self.catalog.routines.iter();
        let texts = routines.filter_map(|routine| {
            let body = routine.more.body.as_ref()?;
            let mut settings = routine.more.settings.iter();
            let path = settings.find(|(name, _)| name.eq_ignore_ascii_case("search_path"));
            Some(Judged {
                function: routine.object.clone(),
                body: Arc::clone(body),
                path: path.map(|(_, value)| Arc::clone(value)),
            })
        });
        let mut texts: Vec<Judged> = texts.collect();
        texts.sort_by_key(|it| it.function.oid);
        texts
    }

    /// Where a routine finds names: what it sets itself, else every schema, as nothing tells the setting of who calls it.
    fn path_of(&self, routine: &Judged) -> Arc<[Arc<str>]> {
        if let Some(path) = &routine.path {
            return split_names(path).into_iter().map(Arc::from).collect();
        }
        let all = self
            .catalog
            .namespaces
            .iter()
            .map(|it| Arc::clone(&it.name));
        let first = ["$user", "public"].map(Arc::from);
        first.into_iter().chain(all).collect()
    }

    fn names_of_plpgsql(&mut self, function: &Function, body: &BodyText, made: &Made) {
        let triggers: Vec<Arc<Trigger>> = self.catalog.triggers.iter().cloned().collect();
        let firings = triggers.iter().filter(|it| it.function == function.oid);
        let firings: Vec<Firing> = firings
            .filter_map(|trigger| Firing::of(&self.catalog, trigger))
            .collect();
        // What a polymorphic argument is only a call tells.
        let routine = Routine::of(&self.catalog, function).polymorphic_as(|_| None);
        match routine.fired {
            Fired::Never | Fired::ByCommands => self.names_in(&routine, body, None, made),
            // What no trigger calls does not run, and nothing says what its rows are.
            Fired::ByRows(_) => {}
        }
        for firing in &firings {
            let fired = Routine {
                fired: Fired::ByRows(firing.row),
                ..routine.clone()
            };
            let known = self.diagnostics.len();
            self.names_in(&fired, body, Some(firing), made);
            for found in self.diagnostics.iter_mut().skip(known) {
                found.notes.push(format!("{} calls it", firing.name));
            }
        }
    }

    fn names_in(
        &mut self,
        routine: &Routine,
        body: &BodyText,
        firing: Option<&Firing>,
        made: &Made,
    ) {
        let environment = self.environment();
        let found = match parse(
            &body.text,
            body.literal,
            body.verbatim,
            routine,
            environment,
        ) {
            Ok(block) => {
                let body = Body {
                    block: &block,
                    rows: routine.rows.as_deref(),
                    text: &body.text,
                    literal: body.literal,
                    verbatim: body.verbatim,
                };
                check::names(environment, &body, firing, made)
            }
            Err(mistake) => vec![*mistake],
        };
        self.diagnostics.extend(found);
    }

    fn names_of_sql(&mut self, function: &Function, body: &BodyText) {
        let parameters: Vec<Parameter> = match function.parameters.is_empty() {
            false => function.parameters.to_vec(),
            true => {
                let unnamed = function.inputs.iter().map(|oid| Parameter {
                    mode: ParameterMode::In,
                    name: Name::Owned(String::new()),
                    value: *oid,
                });
                unnamed.collect()
            }
        };
        let signature = Signature {
            inputs: function.inputs.to_vec(),
            parameters,
            ..Signature::default()
        };
        let returned = Returned {
            oid: function.result,
            set: function.returns_set,
        };
        self.read_sql(&function.name, body, &signature, returned, body.literal);
    }
}
