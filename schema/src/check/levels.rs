//! What becomes of a lint's findings.

use super::script::Source;
use crate::config::Level;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::directives::Allow;
use crate::errors::directives as errors;
use crate::lints::Lint;
use crate::split::Statement;
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// Who says what becomes of findings.
pub(super) struct Levels {
    /// Before all others.
    options: BTreeMap<Code, Level>,
    configuration: BTreeMap<Code, Level>,
    /// The directives of each file, and whether they met a finding.
    allows: BTreeMap<FileId, Vec<(Allow, bool)>>,
}

impl Levels {
    pub(super) fn new(options: &[(Code, Level)], configuration: &BTreeMap<Code, Level>) -> Levels {
        Levels {
            options: options.iter().copied().collect(),
            configuration: configuration.clone(),
            allows: BTreeMap::new(),
        }
    }

    /// Takes the directives of a file.
    pub(super) fn add(&mut self, source: &Source<impl Statement>) {
        let allows = source.directives.allows.iter().cloned();
        let allows = allows.map(|allow| (allow, false)).collect();
        self.allows.insert(source.file, allows);
    }

    /// Sets the severity of a finding; none if it is allowed. What is no lint's finding stays as it is.
    pub(super) fn judge(&mut self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        let directive = self.directive(&diagnostic);
        self.apply(diagnostic, directive)
    }

    fn apply(&self, diagnostic: Diagnostic, directive: Option<Level>) -> Option<Diagnostic> {
        let Some(lint) = Lint::of(diagnostic.code) else {
            return Some(diagnostic);
        };
        let level = [
            self.options.get(&lint.code).copied(),
            directive,
            self.configuration.get(&lint.code).copied(),
        ];
        let severity = match level.into_iter().flatten().next().unwrap_or(lint.default) {
            Level::Allow => return None,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        Some(Diagnostic {
            severity,
            ..diagnostic
        })
    }

    /// What the directives say of a finding.
    fn directive(&mut self, finding: &Diagnostic) -> Option<Level> {
        let place = finding.primary.span;
        let allows = self.allows.get_mut(&place.file)?;
        let mut level = None;
        for (allow, used) in allows {
            if allow.code == finding.code && is_about(allow, place) {
                *used = true;
                level = Some(Level::Allow);
            }
        }
        level
    }

    /// The directives that met no finding.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for allows in self.allows.values() {
            let allowed: Vec<Option<Span>> = allows
                .iter()
                .filter(|(allow, _)| allow.code == Code::UnusedAllow)
                .map(|(allow, _)| allow.statement)
                .collect();
            for (allow, used) in allows {
                if *used || allow.code == Code::UnusedAllow {
                    continue;
                }
                let finding = errors::unused_allow(allow.code, allow.span, allow.statement);
                let is_allowed = allowed.contains(&allow.statement);
                found.extend(self.apply(finding, is_allowed.then_some(Level::Allow)));
            }
        }
        found
    }
}

/// Whether a directive is about a place in its file.
fn is_about(allow: &Allow, place: Span) -> bool {
    allow
        .statement
        .is_none_or(|statement| statement.start <= place.start && place.start <= statement.end)
}
