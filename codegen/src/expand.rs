//! What the macro and the build helper emit: the items, the errors and the warnings.

use crate::{diagnostics, generate};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use tablature_schema::Checked;
use tablature_schema::diagnostic::{Diagnostic, Severity};
use tablature_schema::render::{self, Style};

/// As many warnings as somebody reads in one go.
const MAX_WARNINGS: usize = 50;

/// Returns the items of [`generate`] and makes the compiler say what is wrong.
///
/// All errors are one `compile_error!` with the frames of the SQL files; each warning is a warning of the compiler that
/// `allow(deprecated)` silences. Both point at `span`.
#[must_use]
pub fn expand(mut checked: Checked, span: Span) -> TokenStream {
    let found = diagnostics(&checked);
    checked.diagnostics.extend(found);
    let mut tokens = errors(&checked, span);
    tokens.extend(warnings(&checked, span));
    tokens.extend(generate(&checked));
    tokens
}

fn errors(checked: &Checked, span: Span) -> TokenStream {
    let errors = with_severity(checked, Severity::Error);
    if errors.is_empty() {
        return TokenStream::new();
    }
    let frames = render::report(&checked.sources, errors.iter().copied(), Style::Plain);
    let message = format!(
        "the migrations in `{}` are rejected\n\n{}\n",
        checked.path,
        frames.trim_end()
    );
    compile_error(&message, span)
}

/// `compile_error!` with a message.
#[must_use]
pub fn compile_error(message: &str, span: Span) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error! { #message })
}

/// Stable Rust lets a macro warn in one way: by using something that is deprecated, whose note then is the text.
fn warnings(checked: &Checked, span: Span) -> TokenStream {
    let warnings = with_severity(checked, Severity::Warning);
    let mut tokens = TokenStream::new();
    let shown = warnings.iter().copied().take(MAX_WARNINGS);
    let frames = render::frames(&checked.sources, shown.clone(), Style::Plain);
    for (warning, frame) in shown.zip(frames) {
        tokens.extend(deprecation(
            warning.code.name(),
            &format!("\n{frame}\n"),
            span,
        ));
    }
    let hidden = warnings.len().saturating_sub(MAX_WARNINGS);
    if hidden > 0 {
        tokens.extend(deprecation(
            "more_warnings",
            &format!("\n… and {hidden} more warnings\n"),
            span,
        ));
    }
    tokens
}

fn deprecation(name: &str, note: &str, span: Span) -> TokenStream {
    let name = Ident::new(name, span);
    quote_spanned! {span=>
        const _: () = {
            #[allow(non_upper_case_globals)]
            #[deprecated(note = #note)]
            const #name: () = ();
            #name
        };
    }
}

fn with_severity(checked: &Checked, severity: Severity) -> Vec<&Diagnostic> {
    checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tablature_schema::directory::Directory;
    use tablature_schema::{Options, check};

    fn expanded(files: &[(&str, &str)]) -> String {
        let files = files.iter().map(|(name, text)| (*name, *text));
        let checked = check(
            Directory::from_files("migrations", files),
            &Options::default(),
        );
        expand(checked, Span::call_site()).to_string()
    }

    #[test]
    fn all_errors_are_one_compile_error_and_the_structs_are_there() {
        let tokens = expanded(&[
            ("0001_a.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY);"),
            ("0002_b.sql", "DROP TABLE a; DROP TABLE b;"),
        ]);
        assert_eq!(tokens.matches("compile_error").count(), 1);
        assert!(tokens.contains("no table `a`") && tokens.contains("no table `b`"));
        assert!(tokens.contains("pub struct User"));
        assert!(tokens.contains("pub static MIGRATIONS"));
        assert_eq!(tokens.matches("include_bytes").count(), 2);
        assert!(!tokens.contains("include_str"));
    }

    #[test]
    fn each_warning_is_a_use_of_something_deprecated() {
        let tokens = expanded(&[
            ("0001_a.sql", "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT);"),
            ("0002_b.sql", "ALTER TABLE t DROP COLUMN b;"),
        ]);
        assert_eq!(tokens.matches("compile_error").count(), 0);
        assert_eq!(tokens.matches("deprecated").count(), 2);
        assert!(tokens.contains("const nullable_primary_key : () = ()"));
        assert!(tokens.contains("const destructive : () = ()"));
    }

    #[test]
    fn no_migrations_are_no_panic() {
        let tokens = expanded(&[]);
        assert_eq!(tokens.matches("compile_error").count(), 1);
    }
}
