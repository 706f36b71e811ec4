//! "Did you mean": the nearest of the names that exist.

/// Returns the candidate that is most like `name`, if one is like enough to be what was meant.
///
/// Letter case does not count. A third of the letters of the shorter name may differ; of two letters none, but they may
/// have changed places, and a name of one letter is like no other. Of equally near candidates the first wins.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_ascii_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = distance(&wanted, &candidate.to_ascii_lowercase());
        if let Some(distance) = distance
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How far two names are from each other, if they are alike.
fn distance(one: &str, other: &str) -> Option<usize> {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    let distance = strsim::osa_distance(one, other);
    let allowed = match length.min(other_length) {
        2 if length == other_length && has_letters_of(one, other) => 1,
        shorter => shorter / 3,
    };
    (distance <= allowed).then_some(distance)
}

fn has_letters_of(one: &str, other: &str) -> bool {
    one.chars().all(|letter| other.contains(letter))
        && other.chars().all(|letter| one.contains(letter))
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
