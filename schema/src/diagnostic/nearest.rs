//! "Did you mean": the nearest of the names that exist.

/// Returns the candidate that is most like `name`, if one is like enough to be what was meant.
///
/// Letter case does not count. A third of the letters of the shorter name may differ; of two letters none, but they may
/// have changed places or one of them be doubled, and a name of one letter is like no other. Of equally near candidates the
/// first wins.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = name.to_ascii_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST {
            continue;
        }
        let other = candidate.to_ascii_lowercase();
        let allowed = allowed(&wanted, &other);
        let allowed = match best {
            Some((0, _)) => break,
            Some((least, _)) => allowed.min(least - 1),
            None => allowed,
        };
        if other.len().abs_diff(wanted.len()) > 4 * allowed {
            // Of at most four bytes a letter.
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &other);
        if distance <= allowed {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A longer name, in bytes, was not written by hand; to compare two takes the product of their lengths.
const LONGEST: usize = 128;

/// How far two names may be from each other to be alike.
fn allowed(one: &str, other: &str) -> usize {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    match length.min(other_length) {
        2 if length == other_length && has_letters_of(one, other) => 1,
        2 if without_repeats(one) == without_repeats(other) => 1,
        shorter => shorter / 3,
    }
}

fn has_letters_of(one: &str, other: &str) -> bool {
    one.chars().all(|letter| other.contains(letter))
        && other.chars().all(|letter| one.contains(letter))
}

fn without_repeats(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.dedup();
    letters
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_are_alike_if_most_of_their_letters_are() {
        for (name, candidate, alike) in [
            ("a", "A", true),
            ("a", "b", false),
            ("a", "ab", false),
            ("tt", "t", false),
            ("id", "a", false),
            ("id", "di", true),
            ("id", "is", false),
            ("id", "ids", false),
            ("idd", "id", true),
            ("id", "iid", true),
            ("iidd", "id", false),
            ("xyz", "xy", false),
            ("use", "user", true),
            ("nme", "name", true),
            ("uid", "id", false),
            ("emial", "email", true),
            ("emial", "created_at", false),
            ("mial", "email", false),
            ("usres", "users", true),
            ("usr_ids", "user_id", true),
            ("color", "colour", true),
            ("größe", "grösse", false),
            ("größe", "größen", true),
        ] {
            let expected = alike.then_some(candidate);
            assert_eq!(nearest(name, [candidate]), expected, "{name} {candidate}");
        }
    }

    #[test]
    fn the_first_of_the_nearest_is_taken() {
        assert_eq!(nearest("emial", ["id", "email", "e_mail"]), Some("email"));
        assert_eq!(nearest("nane", ["name", "lane"]), Some("name"));
    }
}
