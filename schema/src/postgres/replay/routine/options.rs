//! What a routine is said to be: its language, volatility, cost, body.

use crate::errors::postgres::routines as errors;
use crate::postgres::ast::{RoutineOption, RoutineOptionKind, RoutineText, TypeName};
use crate::postgres::replay::Replay;
use crate::postgres::replay::settings::KeptSetting;
use crate::postgres::types::Volatility;
use crate::text::Span;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

/// The options of a routine, each of which can be there once but for SET.
#[derive(Debug, Default)]
pub(super) struct Options<'a> {
    pub(super) text: Option<(&'a RoutineText, Option<&'a RoutineText>)>,
    pub(super) language: Option<(Arc<str>, Span)>,
    pub(super) transform: Option<(&'a [TypeName], Span)>,
    pub(super) window: bool,
    pub(super) volatility: Option<Volatility>,
    pub(super) strict: Option<bool>,
    pub(super) security_definer: Option<bool>,
    pub(super) leakproof: Option<bool>,
    pub(super) rows: Option<Span>,
    pub(super) support: Option<&'a crate::postgres::ast::QualifiedName>,
    pub(super) settings: Vec<KeptSetting>,
}

impl Replay {
    /// Reads the options of a routine; what is wrong with one of them alone is reported.
    pub(super) fn routine_options<'a>(
        &mut self,
        options: &'a [RoutineOption],
        procedure: bool,
    ) -> Options<'a> {
        let mut found = Options::default();
        let mut seen: Vec<(Discriminant<RoutineOptionKind>, Span)> = Vec::new();
        for option in options {
            let kind = canonical(&option.kind);
            let is_set = matches!(option.kind, RoutineOptionKind::Set(_));
            if let Some((_, first)) = seen.iter().find(|(it, _)| *it == kind)
                && !is_set
            {
                self.report(errors::conflicting(option.span, *first));
                continue;
            }
            seen.push((kind, option.span));
            if procedure && !is_for_procedures(&option.kind) {
                let message = "a procedure cannot have this attribute";
                self.report(errors::refused(message, option.span));
                continue;
            }
            self.routine_option(&mut found, option);
        }
        found
    }

    fn routine_option<'a>(&mut self, found: &mut Options<'a>, option: &'a RoutineOption) {
        let span = option.span;
        match &option.kind {
            RoutineOptionKind::As(text, symbol) => found.text = Some((text, symbol.as_ref())),
            RoutineOptionKind::Language(name) => {
                found.language = Some((Arc::clone(&name.name), name.span));
            }
            RoutineOptionKind::Transform(types) => found.transform = Some((types, span)),
            RoutineOptionKind::Window => found.window = true,
            RoutineOptionKind::Immutable => found.volatility = Some(Volatility::Immutable),
            RoutineOptionKind::Stable => found.volatility = Some(Volatility::Stable),
            RoutineOptionKind::Volatile => found.volatility = Some(Volatility::Volatile),
            RoutineOptionKind::Strict(strict) => found.strict = Some(*strict),
            RoutineOptionKind::SecurityDefiner(definer) => found.security_definer = Some(*definer),
            RoutineOptionKind::Leakproof(leakproof) => found.leakproof = Some(*leakproof),
            RoutineOptionKind::Cost(cost) if *cost <= 0.0 => {
                self.report(errors::refused("COST must be positive", span));
            }
            RoutineOptionKind::Cost(_) => {}
            RoutineOptionKind::Rows(rows) if *rows <= 0.0 => {
                self.report(errors::refused("ROWS must be positive", span));
            }
            RoutineOptionKind::Rows(_) => found.rows = Some(span),
            RoutineOptionKind::Support(name) => found.support = Some(name),
            RoutineOptionKind::Set(set) => {
                if self.check_setting(set) {
                    found.settings.push(self.kept_setting(set));
                }
            }
            RoutineOptionKind::Parallel(word) => {
                if !matches!(&*word.name, "safe" | "unsafe" | "restricted") {
                    let message = "PARALLEL is SAFE, RESTRICTED or UNSAFE";
                    self.report(errors::refused(message, word.span));
                }
            }
        }
    }
}

/// What tells an option from others: the three volatilities are one.
fn canonical(kind: &RoutineOptionKind) -> Discriminant<RoutineOptionKind> {
    match kind {
        RoutineOptionKind::Stable | RoutineOptionKind::Volatile => {
            discriminant(&RoutineOptionKind::Immutable)
        }
        kind => discriminant(kind),
    }
}

fn is_for_procedures(kind: &RoutineOptionKind) -> bool {
    match kind {
        RoutineOptionKind::As(..)
        | RoutineOptionKind::Language(_)
        | RoutineOptionKind::Transform(_)
        | RoutineOptionKind::SecurityDefiner(_)
        | RoutineOptionKind::Set(_) => true,
        RoutineOptionKind::Window
        | RoutineOptionKind::Immutable
        | RoutineOptionKind::Stable
        | RoutineOptionKind::Volatile
        | RoutineOptionKind::Strict(_)
        | RoutineOptionKind::Leakproof(_)
        | RoutineOptionKind::Cost(_)
        | RoutineOptionKind::Rows(_)
        | RoutineOptionKind::Support(_)
        | RoutineOptionKind::Parallel(_) => false,
    }
}
