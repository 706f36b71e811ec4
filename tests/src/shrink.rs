//! The smallest history that shows a disagreement.

use crate::differential::{Agreement, Disagreement, Migration};
use std::time::{Duration, Instant};

/// Longer than this no disagreement is worth.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a history is judged, and what its statements are made of.
pub trait Judge {
    /// Runs a history on both sides.
    ///
    /// # Errors
    ///
    /// If the sides differ.
    fn judge(&self, migrations: &[Migration]) -> Result<Agreement, Disagreement>;

    /// The tokens of a statement.
    fn tokens(&self, statement: &str) -> Vec<String>;
}

/// Takes away what can go while the same disagreement stays; returns what is left and what it shows.
#[must_use]
pub fn shrink(
    judge: &dyn Judge,
    migrations: Vec<Migration>,
    disagreement: &Disagreement,
) -> (Vec<Migration>, Disagreement) {
    let class = disagreement.class();
    let mut shrinker = Shrinker {
        judge,
        class,
        deadline: Instant::now() + PATIENCE,
        smallest: migrations,
        disagreement: disagreement.clone(),
    };
    shrinker
        .smallest
        .retain(|migration| !migration.statements.is_empty());
    shrinker.merge();
    shrinker.statements();
    shrinker.merge();
    shrinker.tokens();
    shrinker.statements();
    (shrinker.smallest, shrinker.disagreement)
}

struct Shrinker<'a> {
    judge: &'a dyn Judge,
    class: String,
    deadline: Instant,
    smallest: Vec<Migration>,
    disagreement: Disagreement,
}

impl Shrinker<'_> {
    /// Takes a candidate if it still shows the disagreement.
    fn take(&mut self, candidate: Vec<Migration>) -> bool {
        if Instant::now() > self.deadline {
            return false;
        }
        match self.judge.judge(&candidate) {
            Err(disagreement) if disagreement.class() == self.class => {
                self.smallest = candidate;
                self.disagreement = disagreement;
                true
            }
            Ok(_) | Err(_) => false,
        }
    }

    /// Makes one migration of all.
    fn merge(&mut self) {
        let Some(first) = self.smallest.first() else {
            return;
        };
        let merged = Migration {
            path: "shrunk.sql".to_owned(),
            statements: self
                .smallest
                .iter()
                .flat_map(|migration| migration.statements.clone())
                .collect(),
            transaction: first.transaction,
        };
        self.take(vec![merged]);
    }

    /// Drops statements, many at once while that goes.
    fn statements(&mut self) {
        let count = |migrations: &[Migration]| -> usize {
            migrations.iter().map(|it| it.statements.len()).sum()
        };
        let mut size = count(&self.smallest);
        while size > 0 {
            let mut start = 0;
            while start < count(&self.smallest) {
                let candidate = without(&self.smallest, start, size);
                if !self.take(candidate) {
                    start += size;
                }
            }
            size /= 2;
        }
    }

    /// Drops tokens, and pairs of parentheses with what is in them.
    fn tokens(&mut self) {
        for migration in 0..self.smallest.len() {
            let count = self
                .smallest
                .get(migration)
                .map_or(0, |it| it.statements.len());
            for statement in 0..count {
                for size in [16, 8, 4, 3, 2, 1] {
                    self.tokens_of(migration, statement, size);
                }
            }
        }
    }

    fn tokens_of(&mut self, migration: usize, statement: usize, size: usize) {
        let mut start = 0;
        loop {
            let mut candidate = self.smallest.clone();
            let Some(text) = candidate
                .get_mut(migration)
                .and_then(|it| it.statements.get_mut(statement))
            else {
                return;
            };
            let mut tokens = self.judge.tokens(text);
            if start >= tokens.len() {
                return;
            }
            tokens.drain(start..(start + size).min(tokens.len()));
            *text = tokens.join(" ");
            if !self.take(candidate) {
                start += 1;
            }
        }
    }
}

/// The migrations without some statements, counted over all of them.
fn without(migrations: &[Migration], start: usize, size: usize) -> Vec<Migration> {
    let mut position = 0;
    let mut rest = migrations.to_vec();
    for migration in &mut rest {
        migration.statements.retain(|_| {
            let is_in = (start..start + size).contains(&position);
            position += 1;
            !is_in
        });
    }
    rest.retain(|migration| !migration.statements.is_empty());
    rest
}
