//! A database on a PostgreSQL server, and an empty one beside it where earlier schemas are to be found out.

mod address;
mod password;
mod tls;

use crate::failure::Failure;
use address::Address;
use std::error::Error;
use std::process;
use tablature::postgres::config::Host;
use tablature::postgres::error::SqlState;
use tablature::postgres::{Client, Config};
use tablature::{Postgres, Runner};
use tls::Tls;

/// A connection to a server.
pub(super) struct Server {
    config: Config,
    tls: Tls,
    client: Client,
    scratch: Option<Scratch>,
}

/// An empty database, gone when this is dropped.
struct Scratch {
    config: Config,
    tls: Tls,
    name: String,
    client: Option<Client>,
}

impl Server {
    /// Connects to where a URL, or a list of `name=value`, says.
    pub(super) fn connect(url: &str) -> Result<Server, Failure> {
        let failed = |reason: String| Failure::Connect { reason, help: None };
        let address = Address::read(url);
        let mut config = read(&address.rest).map_err(failed)?;
        if config.get_application_name().is_none() {
            config.application_name("cargo-tablature");
        }
        if config.get_password().is_none()
            && let Some(password) = password::find(&config, address.option("passfile"))
        {
            config.password(password);
        }
        let tls = Tls::read(&address, &mut config).map_err(failed)?;
        let client = tls
            .connect(&config)
            .map_err(|error| refused(&error, &config))?;
        Ok(Server {
            config,
            tls,
            client,
            scratch: None,
        })
    }

    /// The migrations on the connection.
    pub(super) fn on<'a>(&'a mut self, runner: Runner<'a>) -> Postgres<'a> {
        runner.postgres(&mut self.client)
    }

    /// The migrations on the connection, with an empty database beside it if this role may make one.
    pub(super) fn with_scratch<'a>(&'a mut self, runner: Runner<'a>) -> Postgres<'a> {
        // Each time a new one: where the server wants a commit, the last verb has not left it empty.
        self.scratch = None;
        self.scratch = Scratch::make(&self.config, &self.tls);
        let on = runner.postgres(&mut self.client);
        match self.scratch.as_mut().and_then(|it| it.client.as_mut()) {
            Some(client) => on.scratch_to_drop(client),
            None => on,
        }
    }
}

/// The failure of a connection, with where it was to go and what to do.
fn refused(error: &tablature::postgres::Error, config: &Config) -> Failure {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let hosts: Vec<String> = hosts.collect();
    let hosts = match hosts.is_empty() {
        true => "no host".to_owned(),
        false => hosts.join(", "),
    };
    let ports = config.get_ports().iter().map(u16::to_string);
    let ports: Vec<String> = ports.collect();
    let port = match ports.is_empty() {
        true => "5432".to_owned(),
        false => ports.join(", "),
    };
    let database = config
        .get_dbname()
        .or(config.get_user())
        .unwrap_or_default();
    let help = match error.code() {
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => Some(format!(
            "make it first, by `createdb {database}` or `CREATE DATABASE`: migrations are applied to a database that is there"
        )),
        Some(_) => None,
        None if config.get_password().is_none() && told(error).contains("password missing") => {
            Some("give it in `PGPASSWORD` or `~/.pgpass`, or in the URL".to_owned())
        }
        None => Some(format!(
            "see whether a server listens at {hosts}, port {port}"
        )),
    };
    Failure::Connect {
        reason: told(error),
        help,
    }
}

/// Reads what the client knows of an address.
fn read(address: &str) -> Result<Config, String> {
    if let Some((scheme, _)) = address.split_once("://")
        && !["postgres", "postgresql"].contains(&scheme)
    {
        return Err(format!(
            "`{scheme}://` is no URL of PostgreSQL: write `postgres://user@host/name`"
        ));
    }
    let config: Result<Config, _> = address.parse();
    config.map_err(|error| match address.contains("://") {
        true => told(&error),
        // What is not understood may be a part of a password.
        false => "it is neither a URL nor a list of `name=value`".to_owned(),
    })
}

/// An error of the client, with its cause.
fn told(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

impl Scratch {
    /// None where there may be none: without it, the runtime says what it cannot find out.
    fn make(config: &Config, tls: &Tls) -> Option<Scratch> {
        let name = format!("tablature_scratch_{}", process::id());
        let make = format!("CREATE DATABASE {name} TEMPLATE template0");
        tls.connect(config).ok()?.batch_execute(&make).ok()?;
        let mut scratch = Scratch {
            config: config.clone(),
            tls: tls.clone(),
            name,
            client: None,
        };
        let mut config = config.clone();
        config.dbname(&scratch.name);
        scratch.client = tls.connect(&config).ok();
        Some(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The server does not drop a database that has connections.
        self.client = None;
        if let Ok(mut client) = self.tls.connect(&self.config) {
            let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            let _ = client.batch_execute(&drop);
        }
    }
}
