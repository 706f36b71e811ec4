//! The files of a run.

use super::{FileId, LineColumn, LineIndex, Span};

/// A file's text and the path that diagnostics print.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to the crate, with `/` between its parts.
    pub path: String,
    /// The whole text, with its byte order mark if it has one.
    pub text: String,
    lines: LineIndex,
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
            lines: LineIndex::new(&text),
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
        let file = self.file(span.file);
        file.lines.line_column(&file.text, span.start as usize)
    }

    /// Where a span ends: the place after its last character.
    #[must_use]
    pub fn end(&self, span: Span) -> LineColumn {
        let file = self.file(span.file);
        file.lines.line_column(&file.text, span.end as usize)
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
