//! The password, where the address has none: `PGPASSWORD`, or the file that libpq and psql read.

use crate::output;
use clap_cargo::style::NOTE;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use tablature::postgres::Config;
use tablature::postgres::config::Host;

/// Finds it.
pub(super) fn find(config: &Config, passfile: Option<String>) -> Option<String> {
    if let Some(password) = env::var("PGPASSWORD").ok().filter(|it| !it.is_empty()) {
        return Some(password);
    }
    let path = passfile.map(PathBuf::from).or_else(usual)?;
    let text = fs::read_to_string(&path).ok()?;
    if is_open(&path) {
        output::note(&format!(
            "{NOTE}note{NOTE:#}: the password file {} can be read by others, and is not used: `chmod 600` it",
            path.display()
        ));
        return None;
    }
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        // Over a socket.
        _ => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().map(str::to_owned);
    let user = user.or_else(|| env::var("USER").ok()).unwrap_or_default();
    let database = config.get_dbname().unwrap_or(&user);
    matching(&text, &[&host, &port.to_string(), database, &user])
}

fn usual() -> Option<PathBuf> {
    match cfg!(windows) {
        true => Some(Path::new(&env::var_os("APPDATA")?).join("postgresql/pgpass.conf")),
        false => Some(Path::new(&env::var_os("HOME")?).join(".pgpass")),
    }
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

/// The password of the first line that fits.
fn matching(text: &str, wanted: &[&str]) -> Option<String> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let fields = fields(line);
            let (password, names) = fields.split_last()?;
            let is_same = |(name, wanted): (&String, &&str)| name == "*" || name == wanted;
            (names.len() == wanted.len() && names.iter().zip(wanted).all(is_same))
                .then(|| password.clone())
        })
}

/// The parts of a line, between which there are colons.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        let next = match character {
            ':' => {
                fields.push(String::new());
                continue;
            }
            '\\' => characters.next(),
            other => Some(other),
        };
        if let Some(last) = fields.last_mut() {
            last.extend(next);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn the_first_line_that_fits_tells() {
        let text =
            "# a comment\nh:5432:other:app:one\nh:*:d\\:1:app:t\\:w\\\\o\n*:*:*:*:rest\nbroken\n";
        let find = |wanted: [&str; 4]| matching(text, &wanted);
        assert_eq!(find(["h", "5432", "d:1", "app"]).unwrap(), "t:w\\o");
        assert_eq!(find(["h", "5432", "other", "app"]).unwrap(), "one");
        assert_eq!(find(["x", "1", "y", "z"]).unwrap(), "rest");
    }
}
