//! From byte offsets to lines and columns.

use std::ops::Range;

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters, as rustc counts.
    pub column: u32,
}

/// Where the lines of a text start.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads a text once. `\n` and `\r\n` end a line, as in rustc.
    #[must_use]
    pub fn new(text: &str) -> LineIndex {
        let ends = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(offset, _)| offset + 1);
        LineIndex {
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Returns the range of bytes of a 1-based `line` of the same `text`, without what ends it; none past the last line.
    #[must_use]
    pub fn line(&self, text: &str, line: u32) -> Option<Range<usize>> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end)?;
        let line = match line.strip_suffix('\n') {
            Some(line) => line.strip_suffix('\r').unwrap_or(line),
            None => line,
        };
        Some(start..start + line.len())
    }

    /// Returns the line and column of a byte `offset` of the same `text`.
    ///
    /// The byte order mark at a file's start takes no column. An `offset` past the end counts as the end; one inside a
    /// character, or between `\r` and `\n`, as the start of that.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = text.get(start..offset).unwrap_or_default();
        let inside_line_end = text
            .get(offset..)
            .is_some_and(|rest| rest.starts_with('\n'));
        let before = match before.strip_suffix('\r') {
            Some(shorter) if inside_line_end => shorter,
            Some(_) | None => before,
        };
        let before = if start == 0 {
            before.strip_prefix('\u{feff}').unwrap_or(before)
        } else {
            before
        };
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (u32, u32) {
        let place = LineIndex::new(text).line_column(text, offset);
        (place.line, place.column)
    }

    #[test]
    fn the_first_byte_of_a_line_is_column_one() {
        assert_eq!(place("abc\nxyz", 0), (1, 1));
        assert_eq!(place("abc\nxyz", 4), (2, 1));
        assert_eq!(place("abc\r\nxyz", 5), (2, 1));
        assert_eq!(place("", 0), (1, 1));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(place("é🦀x", 6), (1, 3));
        assert_eq!(place("\u{feff}x", 3), (1, 1));
        assert_eq!(place("ab\r\n", 3), (1, 3));
    }

    #[test]
    fn a_line_is_without_its_end() {
        let text = "ab\r\n\nc";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (0..=4).map(|line| index.line(text, line)).collect();
        assert_eq!(lines, [None, Some(0..2), Some(4..4), Some(5..6), None]);
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(place("ab\n", 99), (2, 1));
    }
}
