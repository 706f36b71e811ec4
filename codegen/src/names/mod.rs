//! The names of what is generated.

mod identifier;
mod scope;
mod singular;
mod unique;

pub(crate) use identifier::Identifier;
pub(crate) use scope::Scope;
pub(crate) use unique::Taken;

use heck::ToSnakeCase;

/// The name of the row struct of a table or view: its last word in the singular.
pub(crate) fn struct_name(relation: &str) -> Option<Identifier> {
    let snake = relation.to_snake_case();
    let name = match snake.rsplit_once('_') {
        Some((before, last)) => format!("{before}_{}", singular::singular(last)),
        None => singular::singular(&snake),
    };
    type_name(&name)
}

/// The name of the row struct of a table or view as it stands, for when its singular is taken.
pub(crate) fn plural_struct_name(relation: &str) -> Option<Identifier> {
    type_name(relation)
}

fn type_name(text: &str) -> Option<Identifier> {
    let name = Identifier::camel(text)?;
    // `self` gives `Self_`.
    if name.is_prelude_type() || name.is_imported_type() || name.as_str() == "Self_" {
        return Identifier::camel(&format!("{text}_row"));
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::struct_name;

    fn name(relation: &str) -> Option<String> {
        struct_name(relation).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn a_struct_is_named_by_the_singular() {
        assert_eq!(name("fairy_tales").as_deref(), Some("FairyTale"));
        assert_eq!(name("StoryCategories").as_deref(), Some("StoryCategory"));
        assert_eq!(
            name("fairy_tale_usage_stats").as_deref(),
            Some("FairyTaleUsageStats")
        );
        assert_eq!(name("users_v2").as_deref(), Some("UsersV2"));
        assert_eq!(name("🦀"), None);
    }

    #[test]
    fn a_type_that_the_user_sees_or_imports_is_not_hidden() {
        assert_eq!(name("rows").as_deref(), Some("RowRow"));
        assert_eq!(name("errors").as_deref(), Some("ErrorRow"));
        assert_eq!(name("connections").as_deref(), Some("ConnectionRow"));
        assert_eq!(name("options").as_deref(), Some("OptionRow"));
        assert_eq!(name("results").as_deref(), Some("ResultRow"));
        assert_eq!(name("selves").as_deref(), Some("SelfRow"));
    }
}
