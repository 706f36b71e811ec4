//! Declared types as they are compared.

/// A declared type in upper case, without its numbers, one space between its words: `VARCHAR (254)` is `VARCHAR`.
#[must_use]
pub fn type_name(declared: &str) -> String {
    let upper = declared.to_ascii_uppercase();
    let before = upper.split('(').next().unwrap_or_default();
    let after = upper.rsplit_once(')').map_or("", |(_, after)| after);
    let words: Vec<&str> = before
        .split_whitespace()
        .chain(after.split_whitespace())
        .collect();
    words.join(" ")
}

/// A declared type in upper case with its numbers, with white space only between words: `DECIMAL(10,2)`.
#[must_use]
pub fn type_spelling(declared: &str) -> String {
    let mut spelling = String::new();
    for word in declared.to_ascii_uppercase().split_whitespace() {
        let joins = word.starts_with(['(', ')', ',']) || spelling.ends_with(['(', ',']);
        if !joins && !spelling.is_empty() {
            spelling.push(' ');
        }
        spelling.push_str(word);
    }
    spelling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_compared_without_case_numbers_and_space() {
        assert_eq!(type_name("varchar ( 254 )"), "VARCHAR");
        assert_eq!(type_name("BigInt(20)  unsigned"), "BIGINT UNSIGNED");
        assert_eq!(type_name(""), "");
    }

    #[test]
    fn a_type_is_spelled_in_one_way() {
        assert_eq!(type_spelling("decimal( 10 , 2 )"), "DECIMAL(10,2)");
        assert_eq!(type_spelling("Double  Precision"), "DOUBLE PRECISION");
        assert_eq!(type_spelling("varchar (254)"), "VARCHAR(254)");
    }
}
