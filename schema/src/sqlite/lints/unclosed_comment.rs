//! A comment that takes the rest of its file.

use crate::diagnostic::Diagnostic;
use crate::errors::sqlite::lints as errors;
use crate::text::Span;

/// The last of a file's comments, if nothing closes it.
pub(crate) fn unclosed_comment(text: &str, comments: &[Span]) -> Option<Diagnostic> {
    let last = *comments.last()?;
    let comment = text.get(last.start as usize..last.end as usize)?;
    // In `/*/` the star is that of the beginning.
    let inner = comment.strip_prefix("/*")?;
    if inner.ends_with("*/") {
        return None;
    }
    let begins = Span {
        end: last.start + 2,
        ..last
    };
    Some(errors::unclosed_comment(begins))
}
