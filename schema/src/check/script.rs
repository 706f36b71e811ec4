//! A file of statements, read and split.

use super::Script;
use crate::checksum;
use crate::directives::{self, Directives};
use crate::replay::Splitter;
use crate::split::{SplitFile, Statement};
use crate::text::{FileId, Sources};

/// A file of statements with its tokens and comments.
pub(super) struct Source<S> {
    pub(super) file: FileId,
    pub(super) split: SplitFile<S>,
    pub(super) directives: Directives,
}

impl<S: Statement> Source<S> {
    pub(super) fn read(
        splitter: &mut impl Splitter<Statement = S>,
        file: FileId,
        sources: &Sources,
    ) -> Source<S> {
        let text = &sources.file(file).text;
        let split = splitter.split(file, text);
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
pub(crate) fn script<S: Statement>(file: FileId, statements: &[S]) -> Script {
    Script {
        file,
        transaction: true,
        statements: statements.iter().map(Statement::span).collect(),
        checksums: statements.iter().map(Statement::checksum).collect(),
    }
}
