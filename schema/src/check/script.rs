//! A file of statements, read and split.

use super::Script;
use crate::checksum;
use crate::directives::{self, Directives};
use crate::split::{RawStatement, SplitFile, Texts, split_with};
use crate::text::{FileId, Sources};

/// A file of statements with its tokens and comments.
pub(super) struct Source {
    pub(super) file: FileId,
    pub(super) split: SplitFile,
    pub(super) directives: Directives,
}

impl Source {
    pub(super) fn read(texts: &mut Texts, file: FileId, sources: &Sources) -> Source {
        let text = &sources.file(file).text;
        let split = split_with(texts, file, text);
        Source {
            file,
            directives: directives::read(file, text, &split),
            split,
        }
    }

    /// What is kept of it when its tokens are not needed any more.
    pub(super) fn script(&self) -> Script {
        let mut script = script(self.file, &self.split.statements);
        let step = self.directives.step.as_ref().map(|_| checksum::STEP);
        script.checksums.extend(step);
        Script {
            transaction: self.directives.transaction,
            ..script
        }
    }
}

/// A file of these statements.
pub(crate) fn script(file: FileId, statements: &[RawStatement]) -> Script {
    Script {
        file,
        transaction: true,
        statements: statements.iter().map(|one| one.span).collect(),
        checksums: statements
            .iter()
            .map(|one| checksum::statement(&one.tokens))
            .collect(),
    }
}
