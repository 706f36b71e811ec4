//! Views and triggers of before, after a table has got a column.

use crate::catalog::Key;
use crate::diagnostic::{Code, Diagnostic};
use crate::sqlite::catalog::{Database, Relation};
use crate::text::{Span, Token};
use tablature_lexer::{Keyword, TokenKind, dequote};

/// A view of before in which a column is gone or is another one, as `*` means other columns now.
pub(super) fn changed_view(before: &Database, now: &Database) -> Option<(String, Span)> {
    let views = before.relations.iter().filter_map(|(key, relation)| {
        let (old, new) = (relation.view()?, now.relations.get(key)?.view()?);
        let old_columns = old.columns.as_deref().unwrap_or_default();
        let new_columns = new.columns.as_deref().unwrap_or_default();
        let is_kept = old_columns.iter().all(|old| new_columns.contains(old));
        (!is_kept).then(|| {
            let reason = format!("the columns of the view `{}` are others after it", old.name);
            (reason, new.span)
        })
    });
    { views }.next()
}

/// A view or trigger that is broken after a migration.
pub(super) fn broken_body(diagnostics: &[Diagnostic]) -> Option<(String, Span)> {
    let mut diagnostics = diagnostics.iter();
    let broken =
        diagnostics.find(|found| matches!(found.code, Code::BrokenView | Code::BrokenTrigger))?;
    Some((broken.message.clone(), broken.primary.span))
}

/// A view or trigger of before in which a name can mean a new column, and meant something else.
pub(super) fn captured_name(
    before: &Database,
    now: &Database,
    grown: &[(Key, Key)],
) -> Option<(String, Span)> {
    let mut sources: Vec<&Key> = grown.iter().map(|(table, _)| table).collect();
    // What reads a view with `*` may meet the column there.
    sources.extend(before.relations.iter().filter_map(|(key, relation)| {
        let (old, new) = (relation.view()?, now.relations.get(key)?.view()?);
        (old.columns != new.columns).then_some(key)
    }));
    let columns: Vec<&Key> = grown.iter().map(|(_, column)| column).collect();
    let views = before.relations.values().filter_map(Relation::view);
    let views = views.map(|view| ("view", &view.name, view.span, &view.definition));
    let triggers = before.triggers.values();
    let triggers = triggers.map(|it| ("trigger", &it.name, it.span, &it.definition));
    let mut bodies = views.chain(triggers);
    let (kind, name, span, _) =
        bodies.find(|(.., definition)| can_capture(&definition.tokens, &sources, &columns))?;
    let reason = format!("a name in the {kind} `{name}` may mean a new column");
    Some((reason, span))
}

/// Whether a body reads one of some tables and views, and holds the name of a column alone, or NATURAL.
fn can_capture(tokens: &[Token], sources: &[&Key], columns: &[&Key]) -> bool {
    let name = |token: &Token| Key::new(&dequote(&token.text));
    let reads = tokens.iter().any(|token| sources.contains(&&name(token)));
    let before = std::iter::once(None).chain(tokens.iter().map(Some));
    reads
        && before.zip(tokens).any(|(before, token)| {
            let is_qualified = before.is_some_and(|before| &*before.text == ".");
            let is_natural = token.kind == TokenKind::Keyword(Keyword::Natural);
            is_natural || !is_qualified && columns.contains(&&name(token))
        })
}
