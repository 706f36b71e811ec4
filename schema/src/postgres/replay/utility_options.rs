//! The options in parentheses of EXPLAIN, VACUUM, ANALYZE, REINDEX and CLUSTER.

use super::Replay;
use super::options::text_of_value;
use crate::errors::postgres::types as errors;
use crate::postgres::ast::Parameter;

/// An option of a statement.
#[derive(Debug)]
pub(super) struct UtilityOption {
    /// Its name.
    pub(super) name: &'static str,
    /// The first version of the server that has it.
    pub(super) since: u16,
    /// What it takes.
    pub(super) takes: Takes,
}

/// What an option takes.
#[derive(Debug)]
pub(super) enum Takes {
    /// A boolean, or nothing for true.
    Boolean,
    /// A boolean or nothing, or the word `auto`.
    BooleanOrAuto,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A number of parallel workers.
    Workers,
    /// Anything, which the server judges when it runs.
    Anything,
}

/// An option that every version has.
pub(super) const fn option(name: &'static str, takes: Takes) -> UtilityOption {
    UtilityOption {
        name,
        since: 0,
        takes,
    }
}

/// An option of newer versions.
pub(super) const fn option_since(since: u16, name: &'static str, takes: Takes) -> UtilityOption {
    UtilityOption { name, since, takes }
}

impl Replay {
    /// Checks the options of a statement, which is what messages call it; says whether they are sound.
    pub(super) fn check_utility_options(
        &mut self,
        statement: &str,
        written: &[Parameter],
        known: &[UtilityOption],
    ) -> bool {
        let before = self.diagnostics.len();
        let version = self.catalog.version;
        for parameter in written {
            let name = &*parameter.name.name;
            let span = parameter.span;
            let there = known.iter().filter(|it| it.since <= version);
            let Some(found) = there.clone().find(|it| it.name == name) else {
                let names = there.map(|it| it.name);
                let diagnostic = match known.iter().find(|it| it.name == name) {
                    Some(later) => errors::later_option(statement, name, span, later.since),
                    None => errors::unknown_option(statement, name, span, names),
                };
                self.report(diagnostic);
                continue;
            };
            let value = parameter.value.as_ref().map(text_of_value);
            if let Some(wanted) = found.takes.refuses(value.as_deref()) {
                self.report(errors::wrong_value(name, value.as_deref(), &wanted, span));
            }
        }
        self.diagnostics.len() == before
    }
}

impl Takes {
    /// What the option wants, if it does not take a value.
    fn refuses(&self, value: Option<&str>) -> Option<String> {
        match (self, value) {
            (Takes::Anything, _) | (Takes::Boolean | Takes::BooleanOrAuto, None) => None,
            (Takes::BooleanOrAuto, Some(value)) if value.eq_ignore_ascii_case("auto") => None,
            (Takes::Boolean | Takes::BooleanOrAuto, Some(value)) => match boolean(value) {
                Some(_) => None,
                None => Some("`true` or `false`".to_owned()),
            },
            (Takes::Word(words), value) => match value.is_some_and(|it| words.contains(&it)) {
                true => None,
                false => Some(format!("one of `{}`", words.join("`, `"))),
            },
            (Takes::Workers, value) => {
                let workers = value.and_then(|it| it.parse::<u16>().ok());
                match workers.is_some_and(|it| it <= 1024) {
                    true => None,
                    false => Some("a number of workers from 0 to 1024".to_owned()),
                }
            }
        }
    }
}

/// A boolean as options write it (`defGetBoolean`).
fn boolean(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "on" | "1" => Some(true),
        "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a boolean option is on: the last one counts.
pub(super) fn is_on(written: &[Parameter], name: &str) -> bool {
    let mut named = written.iter().rev().filter(|it| *it.name.name == *name);
    named.next().is_some_and(|it| match &it.value {
        Some(value) => boolean(&text_of_value(value)) == Some(true),
        None => true,
    })
}
