//! What people write who come from other databases, and what to write instead: how a habit is known by its words.

/// The words around a syntax error, in lower case.
pub(crate) struct Surroundings {
    /// The statement's tokens.
    words: Vec<String>,
    /// The position of the token that the grammar does not want; the number of tokens at the end.
    position: usize,
}

/// How many words from an error on the longest habit looks at.
const HABIT_LENGTH: usize = 4;

impl Surroundings {
    /// The tokens of a statement around the position of the one that the grammar does not want.
    pub(crate) fn of<'a>(tokens: impl Iterator<Item = &'a str>, position: usize) -> Surroundings {
        let words = tokens.take(position + HABIT_LENGTH);
        Surroundings {
            words: words.map(str::to_ascii_lowercase).collect(),
            position,
        }
    }
}

/// A habit: the words by which it is known, and the way out. An empty pattern fits anything. Alternatives are separated
/// by `|`; a `*` fits one word, a `'` a string.
pub(crate) struct Habit {
    /// The first words of the statement.
    statement: &'static str,
    /// The words before the error.
    before: &'static str,
    /// The words from the error on.
    found: &'static str,
    /// What to write instead.
    help: &'static str,
}

pub(crate) const fn habit(
    statement: &'static str,
    before: &'static str,
    found: &'static str,
    help: &'static str,
) -> Habit {
    Habit {
        statement,
        before,
        found,
        help,
    }
}

/// What to write instead, by the first habit that fits.
pub(crate) fn way_out(habits: &[Habit], error: &Surroundings) -> Option<&'static str> {
    let habit = habits.iter().find(|habit| error.fits(habit))?;
    Some(habit.help)
}

impl Surroundings {
    fn fits(&self, habit: &Habit) -> bool {
        let any = |patterns: &str, fits: &dyn Fn(&[&str]) -> bool| {
            patterns.is_empty()
                || alternatives(patterns).any(|pattern| {
                    let words: Vec<&str> = pattern.split(' ').collect();
                    fits(&words)
                })
        };
        let at = |start: Option<usize>, pattern: &[&str]| {
            start.is_some_and(|start| self.matches(start, pattern))
        };
        any(habit.statement, &|pattern| at(Some(0), pattern))
            && any(habit.found, &|pattern| at(Some(self.position), pattern))
            && any(habit.before, &|pattern| {
                at(self.position.checked_sub(pattern.len()), pattern)
            })
    }

    fn matches(&self, start: usize, pattern: &[&str]) -> bool {
        let words = self.words.get(start..).unwrap_or_default();
        words.len() >= pattern.len()
            && words
                .iter()
                .zip(pattern)
                .all(|(word, wanted)| match *wanted {
                    "*" => true,
                    "'" => word.starts_with('\''),
                    wanted => word == wanted,
                })
    }
}

/// Splits at `|`; the operator `||` at the end of a pattern stays.
fn alternatives(patterns: &str) -> impl Iterator<Item = &str> {
    let (rest, operator) = match patterns.strip_suffix("|||") {
        Some(rest) => (rest, Some("||")),
        None => (patterns, None),
    };
    rest.split('|').chain(operator)
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    #[test]
    fn the_concatenation_operator_can_end_a_list_of_patterns() {
        assert_eq!(alternatives("+|||").collect::<Vec<_>>(), ["+", "||"]);
        assert_eq!(alternatives("+|-").collect::<Vec<_>>(), ["+", "-"]);
    }
}
