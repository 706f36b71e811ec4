//! A down file that does not undo its migration.

use super::losses::RoundTrip;
use crate::check::{Loss, Reversal};
use crate::diagnostic::Diagnostic;
use crate::errors::down_files as errors;
use crate::sqlite::catalog::differences;
use crate::text::{FileId, Span};

/// Compares what a down file left behind with what its migration found.
///
/// `file` is the down file, `statement` its first statement. What was written since the migration is lost by nearly every
/// down file, and meant to be, so that only the loss of something older is a finding; and only one that is certain.
pub(crate) fn judge(
    round_trip: &RoundTrip<'_>,
    file: FileId,
    statement: Option<Span>,
) -> (Reversal, Option<Diagnostic>) {
    let differences = differences(round_trip.before.main(), round_trip.after.main());
    let unreturned = round_trip.unreturned();
    let since = round_trip.written_since(&unreturned);
    let unproven = round_trip.unproven(&unreturned);
    let losses = unreturned.iter().map(|one| one.loss.clone());
    let mut losses: Vec<Loss> = losses.chain(unproven).chain(since).collect();
    losses.sort_by_key(|loss| loss.span);
    let span = statement.unwrap_or(Span::new(file, 0..0));
    if !differences.is_empty() {
        let finding = errors::does_not_restore(differences.clone(), span);
        let reversal = Reversal::Differs {
            differences,
            losses,
        };
        return (reversal, Some(finding));
    }
    let finding = (!unreturned.is_empty()).then(|| {
        let lost = unreturned.iter().map(|one| (&one.loss, one.again));
        errors::loses_data(&lost.collect::<Vec<_>>(), file, span)
    });
    (Reversal::Restores { losses }, finding)
}
