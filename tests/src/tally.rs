//! What a differential test counts and prints.

#![expect(clippy::print_stdout, reason = "what a test saw is its output")]

use crate::differential::{Disagreement, Kind, Migration};
use crate::replayed::on_a_large_stack;
use crate::shrink::{Judge, shrink};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;
use std::sync::Arc;

/// Kinds of disagreements that are shrunk and shown, unless `TABLATURE_SHOWN` says otherwise.
const SHOWN: usize = 20;

/// What became of what was tried.
#[derive(Default)]
pub struct Tally {
    /// How many were tried.
    pub tried: usize,
    /// How many both sides accept, with one catalog.
    pub accepted: usize,
    /// How many both sides reject at one statement.
    pub rejected: usize,
    /// How many the replay leaves to the engine, which refuses them for their rows.
    pub left: usize,
    /// The others.
    pub findings: Vec<Finding>,
}

/// A history on which the sides differ.
pub struct Finding {
    /// How it is judged.
    pub judge: Arc<dyn Judge + Send + Sync>,
    /// How it was made.
    pub origin: String,
    /// All of it.
    pub migrations: Vec<Migration>,
    /// In what they differ.
    pub disagreement: Disagreement,
}

impl Tally {
    /// Adds what another thread saw.
    pub fn add(&mut self, other: Tally) {
        self.tried += other.tried;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.left += other.left;
        self.findings.extend(other.findings);
    }

    /// Prints the smallest reproduction of each kind of disagreement, then the table.
    #[must_use]
    pub fn print(self, what: &str) -> ExitCode {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut classes: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
        for finding in self.findings {
            *kinds.entry(finding.disagreement.kind).or_default() += 1;
            let class = finding.disagreement.class();
            classes.entry(class).or_default().push(finding);
        }
        let mut classes: Vec<(String, Vec<Finding>)> = classes.into_iter().collect();
        classes.sort_by_key(|(_, findings)| Reverse(findings.len()));
        let shown = env::var("TABLATURE_SHOWN").ok();
        let shown = shown.and_then(|it| it.parse().ok()).unwrap_or(SHOWN);
        for (class, findings) in classes.iter().take(shown) {
            println!("\n=== {} × {class}", findings.len());
            if let Some(finding) = findings.iter().min_by_key(|finding| finding.size()) {
                finding.print();
            }
        }
        if classes.len() > shown {
            println!("\n… and {} other kinds", classes.len() - shown);
        }
        let of = |kind: Kind| kinds.get(&kind).copied().unwrap_or_default();
        println!("\n{what:<22}{:>8}", self.tried);
        println!("{:<22}{:>8}", "both accept", self.accepted);
        println!("{:<22}{:>8}", "both reject", self.rejected);
        if self.left > 0 {
            println!("{:<22}{:>8}", "left to the engine", self.left);
        }
        println!("{:<22}{:>8}", "falsely accepted", of(Kind::FalselyAccepted));
        println!("{:<22}{:>8}", "falsely rejected", of(Kind::FalselyRejected));
        println!("{:<22}{:>8}", "catalog differences", of(Kind::Catalog));
        if kinds.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

impl Finding {
    fn size(&self) -> usize {
        self.migrations.iter().map(|it| it.text().len()).sum()
    }

    fn print(&self) {
        let (migrations, disagreement) = on_a_large_stack(|| {
            shrink(
                self.judge.as_ref(),
                self.migrations.clone(),
                &self.disagreement,
            )
        });
        println!("{}", self.origin);
        for migration in &migrations {
            println!("-- file: {}\n{}", migration.path, migration.text());
        }
        println!("{disagreement}");
    }
}
