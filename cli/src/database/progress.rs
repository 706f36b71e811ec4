//! A bar that shows how far a run has come, where a terminal shows the standard error.

use crate::output;
use indicatif::{ProgressBar, ProgressStyle};
use tablature::Event;

/// The bar; hidden where there is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new() -> Progress {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Progress(bar)
    }

    /// Shows what a run tells of itself.
    pub(super) fn show(&self, event: Event<'_>) {
        let bar = &self.0;
        match event {
            Event::Waiting { elapsed, timeout } => {
                let waiting = format!(
                    "waiting for another connection ({} of {} s)",
                    elapsed.as_secs(),
                    timeout.as_secs()
                );
                if bar.is_hidden() {
                    output::note(&waiting);
                } else {
                    bar.set_message(waiting);
                    bar.tick();
                }
            }
            Event::Planned { migrations } => bar.inc_length(migrations.len() as u64),
            Event::MigrationStarted { migration } => {
                bar.set_message(format!("{} {}", migration.version, migration.name));
            }
            Event::MigrationFinished(_) => bar.inc(1),
            Event::Verifying => bar.set_message("verifying the schema"),
            // Statements are too many to show, and what else there will be is nothing for a bar.
            _ => {}
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
