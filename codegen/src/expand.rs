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
    for warning in warnings.iter().take(MAX_WARNINGS) {
        let frame = render::diagnostic(&checked.sources, warning, Style::Plain);
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
