//! The lines of a file that a diagnostic shows.
//!
//! Files and lines can be huge, so that only the lines with labels, and of a long line only what surrounds its label,
//! are ever handed to the renderer.

use super::printable::printable;
use crate::diagnostic::{Diagnostic, Label};
use crate::text::{FileId, SourceFile, Sources, Span};
use std::ops::Range;

/// As many places as somebody looks at.
const MAX_LABELS: usize = 10;
/// A label over more lines than this is shown on its first line.
const MAX_LINES: u32 = 8;
/// Labels that are further apart than this are shown in excerpts of their own.
const MAX_GAP: u32 = 8;
/// A line of more bytes than this is cut.
const MAX_LINE: usize = 1_000;
/// As many bytes are left on either side of where a label of a cut line begins.
const WINDOW: usize = 300;

/// Some lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) path: String,
    /// 1-based.
    pub(super) first_line: usize,
    /// The lines, each with a newline between it and the next.
    pub(super) text: String,
    /// What is marked in them; none if the file has no text.
    pub(super) labels: Vec<ExcerptLabel>,
    /// For a cut line: its place as counted in what is left of it, and its real place.
    pub(super) place: Option<(String, String)>,
}

/// A label of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExcerptLabel {
    /// Bytes of the excerpt's text.
    pub(super) range: Range<usize>,
    pub(super) words: String,
    pub(super) primary: bool,
}

/// A label whose place is known to lie in its file.
struct Mark<'a> {
    file: FileId,
    range: Range<usize>,
    first_line: u32,
    last_line: u32,
    label: &'a Label,
    primary: bool,
}

/// The excerpts of a diagnostic; the first holds its primary label.
pub(super) fn excerpts(sources: &Sources, diagnostic: &Diagnostic) -> Vec<Excerpt> {
    let mut marks: Vec<Mark<'_>> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.secondary)
        .take(MAX_LABELS)
        .enumerate()
        .map(|(position, label)| mark(sources, label, position == 0))
        .collect();
    let primary = diagnostic.primary.span.file;
    // Stable, so that the files after the first keep the order of their first label.
    let order: Vec<FileId> = marks.iter().map(|mark| mark.file).collect();
    marks.sort_by_key(|mark| {
        let place = order.iter().position(|file| *file == mark.file);
        (mark.file != primary, place, mark.range.start)
    });
    let mut clusters: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        match clusters.last_mut() {
            Some(cluster) if belongs(sources, cluster, &mark) => cluster.push(mark),
            Some(_) | None => clusters.push(vec![mark]),
        }
    }
    clusters.sort_by_key(|cluster| !cluster.iter().any(|mark| mark.primary));
    clusters
        .iter()
        .filter_map(|cluster| excerpt(sources, cluster))
        .collect()
}

/// Puts a label's span between the bounds of its text and of a few lines.
fn mark<'a>(sources: &Sources, label: &'a Label, primary: bool) -> Mark<'a> {
    let Span { file, start, end } = label.span;
    let source = sources.file(file);
    let text = &source.text;
    let start = text
        .floor_char_boundary(text.len().min(start as usize))
        .max(source.byte_order_mark());
    let mut end = text
        .ceil_char_boundary(text.len().min(end as usize))
        .max(start);
    // A line break that a span ends with is not worth a line.
    if let Some(marked) = text.get(start..end) {
        end = start + marked.trim_end_matches(['\n', '\r']).len();
    }
    let first_line = source.place(start).line;
    let mut last_line = source.place(end).line;
    let first_line_end = source
        .line(first_line)
        .map_or(start, |line| line.end.max(start));
    // The renderer moves a label that begins with an empty line.
    let is_blank = text
        .get(start..first_line_end)
        .is_none_or(|rest| rest.trim().is_empty());
    let is_long = last_line - first_line >= MAX_LINES
        || (first_line..=last_line).any(|line| is_cut(source, line));
    if last_line > first_line && (is_blank || is_long) {
        last_line = first_line;
        end = first_line_end;
    }
    Mark {
        file,
        range: start..end,
        first_line,
        last_line,
        label,
        primary,
    }
}

/// Whether a mark is shown in the same excerpt as those before it.
fn belongs(sources: &Sources, cluster: &[Mark<'_>], mark: &Mark<'_>) -> bool {
    let Some(last_line) = cluster.iter().map(|mark| mark.last_line).max() else {
        return false;
    };
    let same_file = cluster.iter().all(|one| one.file == mark.file);
    let near = mark.first_line.saturating_sub(last_line) <= MAX_GAP;
    let source = sources.file(mark.file);
    // What is left of a cut line depends on its label.
    same_file && near && !(last_line..=mark.last_line).any(|line| is_cut(source, line))
}

fn is_cut(source: &SourceFile, line: u32) -> bool {
    source
        .line(line)
        .is_some_and(|range| range.len() > MAX_LINE)
}

fn excerpt(sources: &Sources, cluster: &[Mark<'_>]) -> Option<Excerpt> {
    let first = cluster.first()?;
    let source = sources.file(first.file);
    let path = printable(&source.path);
    if source.text.is_empty() {
        return Some(Excerpt {
            path,
            first_line: 1,
            text: String::new(),
            labels: Vec::new(),
            place: None,
        });
    }
    let last_line = cluster.iter().map(|mark| mark.last_line).max()?;
    let window = window(source, first);
    let mut lines = Lines::default();
    for line in first.first_line..=last_line {
        let range = source.line(line)?;
        lines.push(
            &source.text,
            range.start.max(window.start)..range.end.min(window.end),
        );
    }
    let labels = cluster
        .iter()
        .map(|mark| ExcerptLabel {
            range: lines.inside(mark.range.start)..lines.inside(mark.range.end),
            words: printable(&mark.label.text),
            primary: mark.primary,
        })
        .collect();
    let is_cut = window.start > source.line(first.first_line)?.start + source.byte_order_mark();
    let place = is_cut.then(|| {
        let before = source.text.get(window.start..first.range.start);
        let counted = before.map_or(1, |before| before.chars().count() + 1);
        let line = first.first_line;
        let real = source.place(first.range.start).column;
        (
            format!("{path}:{line}:{counted}"),
            format!("{path}:{line}:{real}"),
        )
    });
    Some(Excerpt {
        path,
        first_line: first.first_line as usize,
        text: lines.finish(),
        labels,
        place,
    })
}

/// What can be shown of a file: all but the byte order mark, or the surroundings of a label on a long line.
fn window(source: &SourceFile, mark: &Mark<'_>) -> Range<usize> {
    let text = &source.text;
    let (mut start, mut end) = (source.byte_order_mark(), text.len());
    if is_cut(source, mark.first_line) {
        start = start.max(mark.range.start.saturating_sub(WINDOW));
        end = end.min(mark.range.end.min(mark.range.start + WINDOW) + WINDOW);
    }
    text.floor_char_boundary(start)..text.ceil_char_boundary(end)
}

/// Lines without their ends, and where they come from.
#[derive(Default)]
struct Lines {
    text: String,
    /// For each line, its first byte in the file and in the text.
    starts: Vec<(usize, usize)>,
}

impl Lines {
    fn push(&mut self, text: &str, range: Range<usize>) {
        if !self.starts.is_empty() {
            self.text.push('\n');
        }
        self.starts.push((range.start, self.text.len()));
        self.text.push_str(text.get(range).unwrap_or_default());
    }

    /// The place in the text of a place in the file; where the line was cut, its end.
    fn inside(&self, position: usize) -> usize {
        let after = self.starts.partition_point(|(start, _)| *start <= position);
        let Some((start, offset)) = after
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
        else {
            return 0;
        };
        // The next line begins after the newline.
        let end = self
            .starts
            .get(after)
            .map_or(self.text.len(), |(_, next)| next - 1);
        (offset + (position - start)).min(end)
    }

    fn finish(mut self) -> String {
        if self.text.ends_with('\n') {
            // The renderer knows no empty line at the end.
            self.text.push(' ');
        }
        self.text
    }
}
