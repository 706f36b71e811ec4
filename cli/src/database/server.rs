//! A database on a PostgreSQL server, and an empty one beside it where earlier schemas are to be found out.

use crate::failure::Failure;
use std::error::Error;
use std::process;
use tablature::postgres::config::SslMode;
use tablature::postgres::{Client, Config, NoTls};
use tablature::{Postgres, Runner};

/// Why a connection that has to be encrypted is not made, and what to do instead.
const WITHOUT_TLS: &str = "it asks for TLS (`sslmode=require`), which this command does not speak: \
    connect over the server's socket or through a tunnel, \
    or let the application migrate, whose client may have any TLS (`MIGRATIONS.postgres(&mut client)`)";

/// A connection to a server.
pub(super) struct Server {
    config: Config,
    client: Client,
    scratch: Option<Scratch>,
}

/// An empty database, gone when this is dropped.
struct Scratch {
    config: Config,
    name: String,
    client: Option<Client>,
}

impl Server {
    /// Connects to where a URL, or a list of `name=value`, says.
    pub(super) fn connect(url: &str) -> Result<Server, Failure> {
        let failed = |error: &dyn Error| Failure::Connect {
            reason: match error.source() {
                Some(cause) => format!("{error}: {cause}"),
                None => error.to_string(),
            },
        };
        let mut config: Config = url.parse().map_err(|error| failed(&error))?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(Failure::Connect {
                reason: WITHOUT_TLS.to_owned(),
            });
        }
        if config.get_application_name().is_none() {
            config.application_name("cargo-tablature");
        }
        let client = config.connect(NoTls).map_err(|error| failed(&error))?;
        Ok(Server {
            config,
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
        if self.scratch.is_none() {
            self.scratch = Scratch::make(&self.config);
        }
        let on = runner.postgres(&mut self.client);
        match self.scratch.as_mut().and_then(|it| it.client.as_mut()) {
            Some(client) => on.scratch(client),
            None => on,
        }
    }
}

impl Scratch {
    /// None where there may be none: without it, the runtime says what it cannot find out.
    fn make(config: &Config) -> Option<Scratch> {
        let name = format!("tablature_scratch_{}", process::id());
        let make = format!("CREATE DATABASE {name} TEMPLATE template0");
        config.connect(NoTls).ok()?.batch_execute(&make).ok()?;
        let mut scratch = Scratch {
            config: config.clone(),
            name,
            client: None,
        };
        let mut config = config.clone();
        config.dbname(&scratch.name);
        scratch.client = config.connect(NoTls).ok();
        Some(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The server does not drop a database that has connections.
        self.client = None;
        if let Ok(mut client) = self.config.connect(NoTls) {
            let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            let _ = client.batch_execute(&drop);
        }
    }
}
