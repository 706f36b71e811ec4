//! Names that were used before the statement that introduces them, whatever the engine.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A catalog that can be asked what introduces a name.
pub(crate) trait Introduces {
    /// A name, as the engine compares it.
    type Name: Ord;

    /// What a name of a column, or of another part of a table, can belong to.
    type Places<'a>
    where
        Self: 'a;

    /// Whether a code says of a name that nothing has it.
    fn is_of_a_name(code: Code) -> bool;

    /// What the names of a statement say that its columns may belong to.
    fn places(&self, names: &BTreeSet<Self::Name>) -> Self::Places<'_>;

    /// Where it is introduced what an unknown name would have stood for, and what happens there; nothing if it is not there.
    fn introduced(
        &self,
        code: Code,
        name: &Self::Name,
        places: &Self::Places<'_>,
    ) -> Option<(Span, Cow<'static, str>)>;
}

/// The unknown names of a statement.
#[derive(Debug, Clone)]
pub(crate) struct Missed<Name> {
    /// Each with the position of the diagnostic that says so.
    unknown: Vec<(usize, Name)>,
    /// Every name in the statement: the tables of unknown columns are among them.
    names: BTreeSet<Name>,
}

/// The unknown names among the diagnostics of a statement, the first of which is at the position `first`. `names` are those of
/// the statement, `name_at` is the one that a diagnostic is about.
///
/// A name that is there already, and only cannot be reached from where it stands, is not missed.
pub(crate) fn collect<C: Introduces>(
    news: &[Diagnostic],
    first: usize,
    names: impl FnOnce() -> BTreeSet<C::Name>,
    name_at: impl Fn(Span) -> Option<C::Name>,
    now: &C,
) -> Option<Missed<C::Name>> {
    if !news.iter().any(|it| C::is_of_a_name(it.code)) {
        return None;
    }
    let names = names();
    let places = now.places(&names);
    let mut unknown = Vec::new();
    for (position, diagnostic) in news.iter().enumerate() {
        if C::is_of_a_name(diagnostic.code)
            && let Some(name) = name_at(diagnostic.primary.span)
            && now.introduced(diagnostic.code, &name, &places).is_none()
        {
            unknown.push((first + position, name));
        }
    }
    drop(places);
    Some(Missed { unknown, names })
}

/// Adds the place where the name is introduced after all. `is_guess` says of a label that it shows what else may have been
/// meant.
pub(crate) fn explain<'a, C: Introduces>(
    missed: impl IntoIterator<Item = &'a Missed<C::Name>>,
    head: &C,
    diagnostics: &mut [Diagnostic],
    is_guess: impl Fn(&str) -> bool,
) where
    C::Name: 'a,
{
    for missed in missed {
        let places = head.places(&missed.names);
        for (position, name) in &missed.unknown {
            let Some(diagnostic) = diagnostics.get_mut(*position) else {
                continue;
            };
            let Some((span, text)) = head.introduced(diagnostic.code, name, &places) else {
                continue;
            };
            // One that has its name is meant before one whose name is similar.
            diagnostic.secondary.retain(|label| !is_guess(&label.text));
            // A name that went before has its place already.
            if diagnostic.secondary.is_empty() {
                let explained = diagnostic.clone().with_label(span, text);
                *diagnostic = explained.with_help("move this statement after that one");
            }
        }
    }
}

/// Leaves out what says of the same unknown name, in the same statement, what was said before: it is one mistake.
pub(crate) fn once_each(diagnostics: &mut Vec<Diagnostic>, first: usize) {
    let news = diagnostics.split_off(first.min(diagnostics.len()));
    for diagnostic in news {
        let is_name = matches!(
            diagnostic.code,
            Code::UnknownTable
                | Code::UnknownColumn
                | Code::UnknownFunction
                | Code::UnknownType
                | Code::UnknownDatabase
                | Code::UnknownCollation
        );
        let said = diagnostics.iter().skip(first).any(|earlier| {
            earlier.code == diagnostic.code && earlier.message == diagnostic.message
        });
        if !is_name || !said {
            diagnostics.push(diagnostic);
        }
    }
}
