//! A frame: the message, the excerpts, the notes and the help.

use super::Style;
use super::excerpt::{Excerpt, excerpts};
use super::printable::printable;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lints::Lint;
use crate::text::Sources;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

/// As many notes as somebody reads.
const MAX_NOTES: usize = 20;

/// Renders one diagnostic, without a newline at the end. If it `tells_allow`, a lint's finding ends with how to allow it.
///
/// ```text
/// error[T0203]: no column `emial` on table `users`
///  --> migrations/0002_add_index.sql:3:12
///   |
/// 3 |   ON users(emial);
///   |            ^^^^^ no such column
///   |
///   = help: write `email`
/// ```
pub(super) fn diagnostic(
    sources: &Sources,
    diagnostic: &Diagnostic,
    style: Style,
    tells_allow: bool,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let excerpts = excerpts(sources, diagnostic);
    let mut group: Group<'_> = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.code.number())
        .elements(excerpts.iter().map(element));
    for note in diagnostic.notes.iter().take(MAX_NOTES) {
        group = group.element(Level::NOTE.message(printable(note)));
    }
    if diagnostic.notes.len() > MAX_NOTES {
        let rest = diagnostic.notes.len() - MAX_NOTES;
        group = group.element(Level::NOTE.message(format!("… and {rest} more")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if let Some(note) = how_to_allow(diagnostic).filter(|_| tells_allow) {
        group = group.element(Level::NOTE.message(note));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut frame = renderer.render(&[group]);
    for excerpt in &excerpts {
        // The renderer counts columns in what is left of a cut line.
        if let Some((counted, real)) = &excerpt.place {
            frame = frame.replacen(counted, real, 1);
        }
    }
    frame
}

/// What to write where a lint's finding is meant to be; none of what is no lint's. It says the name of the lint as well.
fn how_to_allow(diagnostic: &Diagnostic) -> Option<String> {
    let name = Lint::of(diagnostic.code)?.name();
    // What is found of a file without statements has no text to point at.
    let span = diagnostic.primary.span;
    let place = if span.start == span.end {
        "in the file"
    } else {
        "before the statement"
    };
    Some(format!(
        "to allow it, write `-- tablature: allow({name}) <reason>` {place}"
    ))
}

fn element(excerpt: &Excerpt) -> Element<'_> {
    if excerpt.labels.is_empty() {
        return Origin::path(excerpt.path.as_str()).into();
    }
    Snippet::source(excerpt.text.as_str())
        .path(excerpt.path.as_str())
        .line_start(excerpt.first_line)
        .annotations(excerpt.labels.iter().map(|label| {
            let kind = if label.primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let words = (!label.words.is_empty()).then_some(label.words.as_str());
            kind.span(label.range.clone()).label(words)
        }))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::text::{FileId, Span};

    fn unknown_column(file: FileId, text: &str, at: &str) -> Diagnostic {
        let start = text.find(at).unwrap();
        let span = Span::new(file, start..start + at.len());
        Diagnostic::new(
            Code::UnknownColumn,
            format!("no column `{at}`"),
            span,
            "no such column",
        )
    }

    fn frame(text: &str, at: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("migrations/0002_b.sql", text);
        diagnostic(
            &sources,
            &unknown_column(file, text, at),
            Style::Plain,
            true,
        )
    }

    #[test]
    fn a_frame_looks_like_rustcs() {
        let mut sources = Sources::default();
        let users = "CREATE TABLE users (\n    email TEXT NOT NULL\n);\n";
        let index = "\n\nCREATE INDEX users_email\n  ON users(emial);\n";
        let first = sources.add("migrations/0001_users.sql", users);
        let second = sources.add("migrations/0002_index.sql", index);
        let one = unknown_column(second, index, "emial")
            .with_label(
                Span::new(first, 25..30),
                "a similar column is declared here",
            )
            .with_note("the table has 1 column")
            .with_help("write `email`");
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
error[T0203]: no column `emial`
 --> migrations/0002_index.sql:4:12
  |
4 |   ON users(emial);
  |            ^^^^^ no such column
  |
 ::: migrations/0001_users.sql:2:5
  |
2 |     email TEXT NOT NULL
  |     ----- a similar column is declared here
  |
  = note: the table has 1 column
  = help: write `email`"
        );
        let colored = diagnostic(&sources, &one, Style::Colored, true);
        assert!(colored.contains("\u{1b}["), "{colored}");
    }

    #[test]
    fn a_warning_says_so() {
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", "DROP TABLE t;");
        let one = Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::new(Code::Destructive, "data is lost", Span::new(file, 0..4), "")
        };
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
warning[T1010]: data is lost
 --> 1_a.sql:1:1
  |
1 | DROP TABLE t;
  | ^^^^
  |
  = note: to allow it, write `-- tablature: allow(destructive) <reason>` before the statement"
        );
    }

    #[test]
    fn a_file_without_text_is_named_without_a_line() {
        let mut sources = Sources::default();
        let file = sources.add("migrations/7-x.sql", "");
        let other = sources.add("migrations/8-x.sql", "");
        let one = Diagnostic::new(
            Code::MalformedFileName,
            "bad name",
            Span::new(file, 0..0),
            "",
        )
        .with_label(Span::new(other, 0..0), "another")
        .with_help("rename it");
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
error[T0002]: bad name
--> migrations/7-x.sql
::: migrations/8-x.sql
 = help: rename it"
        );
    }

    #[test]
    fn byte_order_mark_tabs_line_ends_and_wide_letters_do_not_shift_the_marks() {
        assert_eq!(
            frame("\u{feff}SELECT emial;\r\n", "emial"),
            "\
error[T0203]: no column `emial`
 --> migrations/0002_b.sql:1:8
  |
1 | SELECT emial;
  |        ^^^^^ no such column"
        );
        assert_eq!(
            frame("x;\r\n\tSELECT '日本', emial;\r\n", "emial"),
            "\
error[T0203]: no column `emial`
 --> migrations/0002_b.sql:2:15
  |
2 |     SELECT '日本', emial;
  |                    ^^^^^ no such column"
        );
    }

    #[test]
    fn the_end_of_a_file_can_be_marked() {
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", "SELECT 'x\n");
        let one = Diagnostic::new(
            Code::IllegalToken,
            "no end",
            Span::new(file, 10..10),
            "here",
        );
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
error[T0102]: no end
 --> 1_a.sql:2:1
  |
2 |
  | ^ here"
        );
    }

    #[test]
    fn a_huge_line_is_cut_around_the_mark_and_its_column_stays_true() {
        let text = format!("é{} emial {}", "x".repeat(5_000_000), "y".repeat(5_000_000));
        let frame = frame(&text, "emial");
        assert!(frame.len() < 2_000, "{}", frame.len());
        assert!(
            frame.contains(" --> migrations/0002_b.sql:1:5000003\n"),
            "{frame}"
        );
        assert!(frame.contains("xxx emial yyy"), "{frame}");
        assert!(frame.contains("^^^^^ no such column"), "{frame}");
    }

    #[test]
    fn a_long_statement_is_marked_at_its_first_line() {
        let text = format!("CREATE TABLE t (\n{}\n);\n", "  a TEXT,\n".repeat(100_000));
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", text.as_str());
        let one = Diagnostic::new(
            Code::LimitExceeded,
            "long",
            Span::new(file, 0..text.len()),
            "",
        );
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
error[T0103]: long
 --> 1_a.sql:1:1
  |
1 | CREATE TABLE t (
  | ^^^^^^^^^^^^^^^^"
        );
    }

    #[test]
    fn places_far_apart_in_one_file_are_two_excerpts() {
        let text = format!("email\n{}emial\n", "--\n".repeat(1000));
        let mut sources = Sources::default();
        let file = sources.add("1_a.sql", text.as_str());
        let one =
            unknown_column(file, &text, "emial").with_label(Span::new(file, 0..5), "declared here");
        assert_eq!(
            diagnostic(&sources, &one, Style::Plain, true),
            "\
error[T0203]: no column `emial`
    --> 1_a.sql:1002:1
     |
1002 | emial
     | ^^^^^ no such column
     |
    ::: 1_a.sql:1:1
     |
   1 | email
     | ----- declared here"
        );
    }

    /// A generator of numbers without a seed from outside, so that a failure comes back.
    fn numbers() -> impl FnMut(usize) -> usize {
        let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
        move |limit| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap_or(0) % limit.max(1)
        }
    }

    #[test]
    fn no_span_makes_it_panic() {
        let pieces = [
            "a",
            "é",
            "日",
            "🦀",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\u{feff}",
            "\0",
            "\u{1b}[31m",
            "\u{202e}",
            "e\u{301}",
            "👩\u{200d}👩",
            "SELECT x FROM t",
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
        ];
        let mut number = numbers();
        for round in 0..3_000 {
            let mut sources = Sources::default();
            let files: Vec<FileId> = (0..1 + number(3))
                .map(|index| {
                    let mut text = String::new();
                    for _ in 0..number(30) {
                        let piece = pieces[number(pieces.len())];
                        let times = if round % 100 == 0 { number(3_000) } else { 1 };
                        text.push_str(&piece.repeat(times));
                    }
                    sources.add(format!("{index}.sql"), text)
                })
                .collect();
            let mut span = |sources: &Sources| {
                let file = files[number(files.len())];
                let length = sources.file(file).text.len() + 3;
                // Ends before starts and offsets past the end are among them.
                Span::new(file, number(length)..number(length))
            };
            let mut one = Diagnostic::new(Code::SyntaxError, "m\n", span(&sources), "");
            for _ in 0..round % 5 {
                one = one.with_label(span(&sources), "l\n").with_note("n");
            }
            let frame = diagnostic(&sources, &one, Style::Plain, true);
            let file = sources.file(one.primary.span.file);
            let place = file.place(one.primary.span.start as usize);
            let header = match file.text.as_str() {
                "" => file.path.clone(),
                _ => format!("--> {}:{}:{}\n", file.path, place.line, place.column),
            };
            assert!(
                frame.contains(&header),
                "{header} {frame} {one:#?} {:?}",
                file.text
            );
            let control = frame.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(control, None, "{frame:?}");
            assert!(frame.len() < 40_000, "{}", frame.len());
        }
    }
}
