//! English plurals: the name of a row from the name of its table.

/// Words that stay as they are: they have no singular, or their ending only looks like a plural's.
const UNCHANGED: &[&str] = &[
    "afterwards",
    "alias",
    "always",
    "analytics",
    "as",
    "athletics",
    "atlas",
    "aws",
    "besides",
    "bias",
    "canvas",
    "chaos",
    "christmas",
    "cms",
    "corps",
    "cosmos",
    "css",
    "dns",
    "does",
    "economics",
    "electronics",
    "ethics",
    "gas",
    "genetics",
    "goods",
    "gps",
    "has",
    "headquarters",
    "https",
    "ios",
    "js",
    "kms",
    "kubernetes",
    "kudos",
    "lens",
    "logistics",
    "lyrics",
    "mathematics",
    "means",
    "mms",
    "news",
    "nfs",
    "os",
    "pants",
    "physics",
    "politics",
    "pos",
    "postgres",
    "robotics",
    "scissors",
    "series",
    "sms",
    "sns",
    "species",
    "sqs",
    "statistics",
    "stats",
    "sys",
    "tls",
    "towards",
    "ts",
    "was",
    "yes",
];

/// Plurals that no rule below leads back.
const IRREGULAR: &[(&str, &str)] = &[
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("children", "child"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("grandchildren", "grandchild"),
    ("halves", "half"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lenses", "lens"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("mice", "mouse"),
    ("oxen", "ox"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("phenomena", "phenomenon"),
    ("quizzes", "quiz"),
    ("salespeople", "salesperson"),
    ("selves", "self"),
    ("shelves", "shelf"),
    ("synopses", "synopsis"),
    ("syntheses", "synthesis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("thieves", "thief"),
    ("vertices", "vertex"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// Words in `-ies` whose singular is in `-ie`.
const IE: &[&str] = &[
    "brownies",
    "calories",
    "cookies",
    "dies",
    "foodies",
    "genies",
    "hoodies",
    "indies",
    "lies",
    "movies",
    "newbies",
    "pies",
    "prairies",
    "rookies",
    "selfies",
    "smoothies",
    "ties",
    "zombies",
];

/// Words in `-es` whose singular keeps the `e`, though their ending says otherwise.
const KEEP_E: &[&str] = &[
    "abuses",
    "aches",
    "avalanches",
    "axes",
    "caches",
    "creches",
    "excuses",
    "fuses",
    "headaches",
    "muses",
    "niches",
    "psyches",
    "recluses",
    "refuses",
    "ruses",
    "uses",
];

/// Words in `-es` whose singular loses it, though their ending says otherwise.
const DROP_ES: &[&str] = &[
    "aliases",
    "atlases",
    "biases",
    "canvases",
    "echoes",
    "embargoes",
    "gases",
    "heroes",
    "potatoes",
    "tomatoes",
    "torpedoes",
    "vetoes",
    "waltzes",
];

/// Plurals in `-us` and `-is`; every other word that ends so is a singular: `status`, `analysis`.
const PLAIN_US_IS: &[&str] = &["emus", "gnus", "gurus", "menus", "skis", "taxis", "wikis"];

/// Returns the singular of a lower-case English noun; a word that is no plural is returned as it is.
///
/// When in doubt a word stays: `Statistics` is a better name than a word that does not exist.
pub(crate) fn singular(word: &str) -> String {
    if UNCHANGED.contains(&word) {
        return word.to_owned();
    }
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    cut(word).unwrap_or_else(|| word.to_owned())
}

/// Takes the ending off; none if the word does not end as a plural does.
fn cut(word: &str) -> Option<String> {
    let without_s = word.strip_suffix('s')?;
    if without_s.chars().count() < 2 {
        return None;
    }
    if IE.contains(&word) || KEEP_E.contains(&word) || PLAIN_US_IS.contains(&word) {
        return Some(without_s.to_owned());
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        let hisses = ["ss", "sh", "ch", "x", "zz", "tz"];
        // `statuses` but `houses`, `causes`: a vowel before the `u` belongs to a word in `-use`.
        let from_us = stem.ends_with("us") && !stem.ends_with("ous") && !stem.ends_with("aus");
        let drops_es = hisses.iter().any(|end| stem.ends_with(end)) || from_us;
        if drops_es || DROP_ES.contains(&word) {
            return Some(stem.to_owned());
        }
        return Some(without_s.to_owned());
    }
    let singular_ending = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    (!singular_ending).then(|| without_s.to_owned())
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_become_singulars() {
        for (plural, expected) in [
            ("users", "user"),
            ("categories", "category"),
            ("stories", "story"),
            ("movies", "movie"),
            ("statuses", "status"),
            ("addresses", "address"),
            ("classes", "class"),
            ("buses", "bus"),
            ("houses", "house"),
            ("clauses", "clause"),
            ("databases", "database"),
            ("responses", "response"),
            ("analyses", "analysis"),
            ("aliases", "alias"),
            ("boxes", "box"),
            ("batches", "batch"),
            ("caches", "cache"),
            ("hashes", "hash"),
            ("sizes", "size"),
            ("quizzes", "quiz"),
            ("heroes", "hero"),
            ("photos", "photo"),
            ("keys", "key"),
            ("menus", "menu"),
            ("children", "child"),
            ("people", "person"),
            ("indices", "index"),
            ("indexes", "index"),
            ("archives", "archive"),
            ("shelves", "shelf"),
            ("schemas", "schema"),
            ("metrics", "metric"),
            ("settings", "setting"),
            ("ids", "id"),
        ] {
            assert_eq!(singular(plural), expected, "{plural}");
        }
    }

    #[test]
    fn singulars_stay() {
        for word in [
            "class", "bus", "analysis", "status", "address", "series", "species", "news", "data",
            "metadata", "media", "stats", "lens", "history", "access", "process", "virus", "basis",
            "canvas", "chaos", "dns", "user", "v2", "old", "s", "us", "is", "", "größe",
        ] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn a_singular_is_its_own_singular() {
        for word in ["categories", "statuses", "addresses", "houses", "boxes"] {
            let once = singular(word);
            assert_eq!(singular(&once), once);
        }
    }
}
