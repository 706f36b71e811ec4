//! "Did you mean": the nearest of the names that exist.

/// Returns the candidate that is most like `name`, if one is like enough to be what was meant.
///
/// Letter case does not count. Of equally near candidates the first wins.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_ascii_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Nothing is nearer than one letter but the name itself.
        let is_near = matches!(best, Some((0 | 1, _)));
        if is_near && !candidate.eq_ignore_ascii_case(name) {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &candidate.to_ascii_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_transposed_letter_is_found_and_another_word_is_not() {
        assert_eq!(nearest("emial", ["id", "email"]), Some("email"));
        assert_eq!(nearest("emial", ["id", "created_at"]), None);
        assert_eq!(nearest("x", ["y", "z"]), Some("y"));
    }
}
