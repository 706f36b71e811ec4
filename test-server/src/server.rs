//! The server that the tests of a process share, and the databases in it.

#[cfg(unix)]
use crate::Cluster;
use crate::{REQUIRE, URL};
use postgres::config::Host;
use postgres::{Client, Config, NoTls};
use std::env;
use std::io::{self, Write};
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A server that is there.
#[derive(Debug)]
pub struct Server {
    config: Config,
    #[cfg(unix)]
    _cluster: Option<Cluster>,
}

/// A database of its own, gone when this is dropped.
#[derive(Debug)]
pub struct Database {
    config: Config,
    name: String,
}

/// The server of this process. Where there is none, a line says that the tests on PostgreSQL did not run.
///
/// # Panics
///
/// If the server that was named does not answer, if one that is installed does not start, or if there is none and
/// `TABLATURE_REQUIRE_POSTGRES` wants one.
#[must_use]
#[expect(clippy::panic, reason = "a test fails without what it needs")]
pub fn shared() -> Option<&'static Server> {
    static SHARED: OnceLock<Result<Option<Server>, String>> = OnceLock::new();
    let server = SHARED.get_or_init(|| {
        let server = Server::find()?;
        if server.is_none() {
            if env::var_os(REQUIRE).is_some() {
                return Err(format!(
                    "{REQUIRE} is set, but there is no PostgreSQL server: {URL} names none, and none is installed"
                ));
            }
            // Not a macro that the harness captures: whoever runs the tests should see it.
            let line = format!(
                "the tests on PostgreSQL did not run: {URL} names no server, and none is installed\n"
            );
            let _ = io::stderr().write_all(line.as_bytes());
        }
        Ok(server)
    });
    match server {
        Ok(server) => server.as_ref(),
        Err(error) => panic!("{error}"),
    }
}

impl Server {
    fn find() -> Result<Option<Server>, String> {
        if let Some(url) = env::var_os(URL) {
            let config: Config = url
                .to_string_lossy()
                .parse()
                .map_err(|error| format!("{URL}: {error}"))?;
            let mut server = Server {
                config,
                #[cfg(unix)]
                _cluster: None,
            };
            if server.config.get_dbname().is_none() {
                server.config.dbname("postgres");
            }
            connect(&server.config)?;
            return Ok(Some(server));
        }
        Server::own()
    }

    #[cfg(unix)]
    fn own() -> Result<Option<Server>, String> {
        let cluster = Cluster::start(&[]).map_err(|error| error.to_string())?;
        let Some(cluster) = cluster else {
            return Ok(None);
        };
        let config = cluster.url().parse();
        Ok(Some(Server {
            config: config.map_err(|error: postgres::Error| error.to_string())?,
            _cluster: Some(cluster),
        }))
    }

    #[cfg(not(unix))]
    fn own() -> Result<Option<Server>, String> {
        Ok(None)
    }

    /// A connection to the server itself.
    ///
    /// # Panics
    ///
    /// If the server takes none.
    #[must_use]
    #[expect(clippy::panic, reason = "a test fails without what it needs")]
    pub fn connect(&self) -> Client {
        match connect(&self.config) {
            Ok(client) => client,
            Err(error) => panic!("{error}"),
        }
    }

    /// Makes an empty database.
    ///
    /// # Panics
    ///
    /// If the server refuses.
    #[must_use]
    #[expect(clippy::panic, reason = "a test fails without what it needs")]
    pub fn database(&self) -> Database {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tablature_{}_{number}", process::id());
        let database = Database {
            config: self.config.clone(),
            name,
        };
        let statements = [
            format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name),
            format!("CREATE DATABASE {} TEMPLATE template0", database.name),
        ];
        for statement in statements {
            if let Err(error) = database.administer(&statement) {
                panic!("{statement}: {error}");
            }
        }
        database
    }
}

impl Database {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is, for a connection of either client or of a program.
    #[must_use]
    pub fn config(&self) -> Config {
        let mut config = self.config.clone();
        config.dbname(&self.name);
        config
    }

    /// Where it is, as a URL for a program.
    #[must_use]
    pub fn url(&self) -> String {
        let escape = |text: &str| -> String {
            text.bytes()
                .map(|byte| match byte {
                    b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                        char::from(byte).to_string()
                    }
                    byte => format!("%{byte:02X}"),
                })
                .collect()
        };
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(path)) => path.display().to_string(),
            None => "localhost".to_owned(),
        };
        let user = escape(self.config.get_user().unwrap_or("postgres"));
        let password = self
            .config
            .get_password()
            .map_or(String::new(), |password| {
                format!(":{}", escape(&String::from_utf8_lossy(password)))
            });
        let port = self.config.get_ports().first();
        let port = port.map_or(String::new(), |port| format!(":{port}"));
        let host = escape(&host);
        format!("postgres://{user}{password}@{host}{port}/{}", self.name)
    }

    /// A connection to it.
    ///
    /// # Panics
    ///
    /// If the server takes none.
    #[must_use]
    #[expect(clippy::panic, reason = "a test fails without what it needs")]
    pub fn connect(&self) -> Client {
        match connect(&self.config()) {
            Ok(client) => client,
            Err(error) => panic!("{}: {error}", self.name),
        }
    }

    fn administer(&self, statement: &str) -> Result<(), String> {
        connect(&self.config)?
            .batch_execute(statement)
            .map_err(|error| error.to_string())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that a test has killed, or that goes with the process, takes it along.
        let _ = self.administer(&format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            self.name
        ));
    }
}

fn connect(config: &Config) -> Result<Client, String> {
    config.connect(NoTls).map_err(|error| error.to_string())
}
