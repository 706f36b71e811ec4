//! The files of a run.

use super::{FileId, LineColumn, LineIndex, Span};
use std::ops::Range;
use std::sync::OnceLock;

/// A file's text and the path that diagnostics print.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to the crate, with `/` between its parts.
    pub path: String,
    /// The whole text, with its byte order mark if it has one.
    pub text: String,
    /// Only files that something is said of need it.
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// The line and column of a byte of the text; an `offset` past the end counts as the end.
    #[must_use]
    pub fn place(&self, offset: usize) -> LineColumn {
        self.lines().line_column(&self.text, offset)
    }

    /// How many bytes at the start are a byte order mark, which takes no column: 0 or 3.
    #[must_use]
    pub fn byte_order_mark(&self) -> usize {
        let mark = '\u{feff}';
        if self.text.starts_with(mark) {
            mark.len_utf8()
        } else {
            0
        }
    }

    /// The range of bytes of a 1-based line, without what ends it.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<Range<usize>> {
        self.lines().line(&self.text, line)
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// All files of a run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            path: path.into(),
            lines: OnceLock::new(),
            text,
        });
        id
    }

    /// The file of an id that [`add`](Self::add) of the same value returned.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text that a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Where a span starts.
    #[must_use]
    pub fn start(&self, span: Span) -> LineColumn {
        self.file(span.file).place(span.start as usize)
    }

    /// Where a span ends: the place after its last character.
    #[must_use]
    pub fn end(&self, span: Span) -> LineColumn {
        self.file(span.file).place(span.end as usize)
    }

    /// `path:line` of a span's start, as messages name a place.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        format!("{}:{}", self.file(span.file).path, self.start(span).line)
    }

    /// The files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }
}
