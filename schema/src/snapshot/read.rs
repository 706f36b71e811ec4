//! From the text of a snapshot to its statements.

use super::Snapshot;
use crate::check::script::script;
use crate::checksum::{self, Checksum};
use crate::diagnostic::Diagnostic;
use crate::errors::snapshot as errors;
use crate::replay::Splitter;
use crate::split::Statement;
use crate::text::{FileId, Span};

/// Reads a snapshot.
///
/// # Errors
///
/// If it is not what the command has written.
pub(crate) fn read<S: Statement>(
    splitter: &mut impl Splitter<Statement = S>,
    file: FileId,
    text: &str,
) -> Result<Snapshot, Box<Diagnostic>> {
    let split = splitter.split(file, text);
    let head = split.comments.iter().find_map(|span| {
        let comment = text.get(span.start as usize..span.end as usize)?;
        Some((head(comment)?, *span))
    });
    let Some((head, span)) = head else {
        return Err(Box::new(errors::no_head(Span::new(file, 0..0))));
    };
    let script = script(file, &split.statements);
    if checksum::file(&script.checksums) != head.statements {
        return Err(Box::new(errors::edited(span)));
    }
    Ok(Snapshot {
        version: head.version,
        chain: head.migrations,
        script,
        span,
    })
}

/// What the line of hashes says.
struct Head {
    version: i64,
    migrations: Checksum,
    statements: Checksum,
}

/// Reads the line of hashes; none for any other comment.
fn head(comment: &str) -> Option<Head> {
    let parts = comment.strip_prefix("-- version ")?;
    let (version, parts) = parts.split_once(", migrations ")?;
    let (migrations, statements) = parts.split_once(", statements ")?;
    Some(Head {
        version: version.parse().ok()?,
        migrations: checksum::from_hex(migrations)?,
        statements: checksum::from_hex(statements.trim_end())?,
    })
}
