//! From the text of a lock to its lines. Nothing that stands in it stops the reading.

use super::name::written;
use super::{Leftover, Line, Lock, ShortHash};
use crate::diagnostic::Diagnostic;
use crate::errors::lock as errors;
use crate::replay::MAX_MISTAKES;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

impl Lock {
    /// Reads a lock; what cannot be read of it is said by diagnostics, one for each line. What a merge left is kept in
    /// the lock.
    pub(crate) fn read(file: FileId, text: &str) -> (Lock, Vec<Diagnostic>) {
        let mut reader = Reader {
            lock: Lock {
                file,
                lines: Vec::new(),
                leftovers: Vec::new(),
                unsettled: BTreeSet::new(),
                is_whole: true,
            },
            diagnostics: Vec::new(),
            part: Part::Settled,
            markers: Vec::new(),
        };
        let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
        for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
            reader.line(start, line);
            start += line.len();
        }
        reader.finish()
    }
}

/// Where the reader is in what a merge left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Outside.
    Settled,
    /// After `<<<<<<<` or `=======`: what one of the branches has.
    Side,
    /// After `|||||||`: what both came from.
    Base,
}

struct Reader {
    lock: Lock,
    diagnostics: Vec<Diagnostic>,
    part: Part,
    /// The first marker of each conflict.
    markers: Vec<Span>,
}

impl Reader {
    /// Takes a line that begins at a byte of the file.
    fn line(&mut self, start: usize, line: &str) {
        let mut words = words(self.lock.file, start, line);
        let Some(first) = words.next() else {
            return;
        };
        if let Some(mark) = marker(line) {
            self.marker(mark, first.span);
            return;
        }
        if first.text.starts_with('#') || self.part == Part::Base {
            return;
        }
        match released(first, words) {
            Ok(line) => {
                if self.part == Part::Side {
                    self.lock.unsettled.insert(line.version);
                }
                self.lock.lines.push(line);
            }
            Err(mistake) => {
                self.lock.is_whole = false;
                if self.diagnostics.len() < MAX_MISTAKES {
                    self.diagnostics.push(*mistake);
                }
            }
        }
    }

    fn marker(&mut self, mark: char, span: Span) {
        if self.part == Part::Settled {
            self.markers.push(span);
        }
        self.part = match mark {
            '|' => Part::Base,
            '>' => Part::Settled,
            _ => Part::Side,
        };
    }

    fn finish(mut self) -> (Lock, Vec<Diagnostic>) {
        let mut markers = self.markers.into_iter();
        if let Some(first) = markers.next() {
            let rest = markers.collect();
            self.lock.leftovers.push(Leftover::Markers { first, rest });
        }
        let mut first: BTreeMap<i64, &Line> = BTreeMap::new();
        let mut twice = Vec::new();
        for line in &self.lock.lines {
            match first.get(&line.version) {
                // The markers say so already.
                Some(_) if self.lock.unsettled.contains(&line.version) => {}
                Some(other) if !other.says_the_same(line) => twice.push(Leftover::Twice {
                    version: line.version,
                    first: other.span,
                    second: line.span,
                }),
                Some(_) => {}
                None => {
                    first.insert(line.version, line);
                }
            }
        }
        self.lock.leftovers.append(&mut twice);
        let doubled = self.lock.by_version();
        let doubled = doubled.into_iter().filter(|(_, lines)| lines.len() > 1);
        let doubled: Vec<i64> = doubled.map(|(version, _)| version).collect();
        self.lock.unsettled.extend(doubled);
        (self.lock, self.diagnostics)
    }
}

/// The character of a line with which git marks a conflict: seven of them, or more if it is told so.
fn marker(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|mark| "<|=>".contains(*mark))?;
    let rest = line.trim_start_matches(mark);
    let is_marker =
        line.len() - rest.len() >= 7 && (rest.trim().is_empty() || rest.starts_with(' '));
    is_marker.then_some(mark)
}

/// The migration of a line that is neither empty nor a comment.
fn released<'a>(
    version: Word<'a>,
    mut words: impl Iterator<Item = Word<'a>>,
) -> Result<Line, Box<Diagnostic>> {
    let Some(number) = number(version.text) else {
        return Err(Box::new(errors::no_version(version.text, version.span)));
    };
    let Some(name) = words.next() else {
        return Err(Box::new(errors::no_name(version.span.after())));
    };
    let hash = |word: Word<'_>| {
        ShortHash::read(word.text)
            .ok_or_else(|| Box::new(errors::no_hash(word.text, ShortHash::DIGITS, word.span)))
    };
    Ok(Line {
        version: number,
        name: written(name.text),
        statements: words.map(hash).collect::<Result<_, _>>()?,
        span: version.span.to(name.span),
    })
}

fn number(digits: &str) -> Option<i64> {
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    span: Span,
}

/// The words of a line that begins at a byte of a file.
fn words(file: FileId, start: usize, line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = start;
    line.split_inclusive(char::is_whitespace)
        .filter_map(move |piece| {
            let text = piece.trim_end();
            let span = Span::new(file, at..at + text.len());
            at += piece.len();
            (!text.is_empty()).then_some(Word { text, span })
        })
}
