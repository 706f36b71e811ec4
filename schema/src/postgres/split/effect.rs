//! What the comments before a statement declare that it does to the schema.
//!
//! ```sql
//! -- tablature: effect ALTER TABLE stories ADD COLUMN title text
//! -- tablature: effect CREATE INDEX ON stories (title)
//! DO $$ … $$;
//! ```

use super::{RawStatement, Texts, split_with};
use crate::diagnostic::Diagnostic;
use crate::directives;
use crate::text::Span;

/// What a statement is declared to do to the schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The comments, from the first to the last one.
    pub span: Span,
    /// The statements that are to be applied in place of the one that follows; none if it is said to change nothing.
    pub statements: Vec<RawStatement>,
    /// What is wrong before anything is parsed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the comments before a statement; nothing if none of them declares an effect.
pub(super) fn read(texts: &mut Texts, text: &str, comments: &[Span]) -> Option<Box<Effect>> {
    let mut effect: Option<Box<Effect>> = None;
    // Where the comment says that nothing is changed.
    let mut none: Option<Span> = None;
    for comment in comments {
        let written = text.get(comment.start as usize..comment.end as usize);
        // One that declares nothing is a mistake that is told already.
        let declared = written.and_then(directives::effect);
        let Some(declared) = declared.filter(|it| !it.is_empty()) else {
            continue;
        };
        let so_far = effect.get_or_insert_with(|| {
            Box::new(Effect {
                span: *comment,
                statements: Vec::new(),
                diagnostics: Vec::new(),
            })
        });
        so_far.span = so_far.span.to(*comment);
        if declared.eq_ignore_ascii_case("none") {
            none = Some(*comment);
            continue;
        }
        let offset = (declared.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let split = split_with(texts, comment.file, declared);
        let statements = split.statements.into_iter();
        so_far
            .statements
            .extend(statements.map(|it| moved(it, offset)));
        so_far
            .diagnostics
            .extend(split.diagnostics.into_iter().map(|mut diagnostic| {
                let labels = diagnostic.secondary.iter_mut();
                for label in labels.chain([&mut diagnostic.primary]) {
                    label.span = shifted(label.span, offset);
                }
                diagnostic
            }));
    }
    let found = effect.as_mut()?;
    if let (Some(none), Some(first)) = (none, found.statements.first()) {
        let mistake = crate::errors::directives::effect_and_none(none, first.span);
        found.diagnostics.push(mistake);
    }
    effect
}

/// A statement of a text that begins at an offset of the file.
fn moved(statement: RawStatement, offset: usize) -> RawStatement {
    let tokens = statement.tokens.into_iter().map(|mut token| {
        token.span = shifted(token.span, offset);
        token
    });
    RawStatement {
        span: shifted(statement.span, offset),
        tokens: tokens.collect(),
        effect: None,
    }
}

fn shifted(span: Span, offset: usize) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    Span::new(span.file, start + offset..end + offset)
}

#[cfg(test)]
mod tests {
    use super::super::split;
    use crate::text::FileId;

    #[test]
    fn the_comments_before_a_statement_declare_its_effect() {
        let text = "SELECT 1; -- tablature: effect none\n;\n-- tablature: effect CREATE TYPE a; DROP TYPE b\n\
            -- why\n-- tablature: effect ALTER TABLE c ADD d int;\nDO '';\n-- tablature: effect none\nCALL e()";
        let file = split(FileId(0), text);
        let declared: Vec<Option<Vec<&str>>> = file
            .statements
            .iter()
            .map(|statement| {
                let effect = statement.effect.as_ref()?;
                let texts = effect
                    .statements
                    .iter()
                    .map(|it| &text[it.span.start as usize..it.span.end as usize]);
                Some(texts.collect())
            })
            .collect();
        let all = vec!["CREATE TYPE a", "DROP TYPE b", "ALTER TABLE c ADD d int"];
        assert_eq!(declared[0], None);
        assert_eq!(declared[1], Some(all));
        assert_eq!(declared[2], Some(Vec::new()));
    }
}
