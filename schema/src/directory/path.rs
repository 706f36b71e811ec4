//! Paths as diagnostics and generated code write them.

/// The path with `/` between its parts and without parts that do nothing; `.` for the current directory.
pub(super) fn normal(path: &str) -> String {
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let root = if path.starts_with('/') { "/" } else { "" };
    match (root, parts.as_slice()) {
        ("", []) => ".".to_owned(),
        _ => format!("{root}{}", parts.join("/")),
    }
}

/// The path of something in a directory whose path is normal.
pub(super) fn join(directory: &str, name: &str) -> String {
    match directory {
        "." | "" => name.to_owned(),
        _ if directory.ends_with('/') => format!("{directory}{name}"),
        _ => format!("{directory}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_nothing_are_left_out() {
        assert_eq!(normal("./migrations/"), "migrations");
        assert_eq!(normal("a//b/./c"), "a/b/c");
        assert_eq!(normal("../migrations"), "../migrations");
        assert_eq!(normal("/tmp/x/"), "/tmp/x");
        assert_eq!(normal("."), ".");
        assert_eq!(normal(""), ".");
        assert_eq!(normal("/"), "/");
    }

    #[test]
    fn files_of_the_current_directory_have_no_directory() {
        assert_eq!(join(".", "1_x.sql"), "1_x.sql");
        assert_eq!(join("/", "1_x.sql"), "/1_x.sql");
        assert_eq!(join("a/b", "1_x.sql"), "a/b/1_x.sql");
    }
}
