//! A proxy between a client and a server that loses the connection when the client commits.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;
use tablature::postgres::config::Host;
use tablature_test_server::Database;

/// When the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Before the server gets the COMMIT.
    BeforeCommit,
    /// When the server has committed, before the client gets its answer.
    AfterCommit,
}

/// Listens for one connection to a database, and gives the port that it is to be made to.
pub(crate) fn start(database: &Database, cut: Cut) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = database.config();
    let server_port = config.get_ports().first().copied().unwrap_or(5432);
    let host = config.get_hosts().first().unwrap().clone();
    let thread = std::thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        match host {
            Host::Tcp(name) => {
                let server = TcpStream::connect((name, server_port)).unwrap();
                pass(client, server.try_clone().unwrap(), &server, cut);
                let _ = server.shutdown(Shutdown::Both);
            }
            Host::Unix(directory) => {
                let socket = directory.join(format!(".s.PGSQL.{server_port}"));
                let server = UnixStream::connect(socket).unwrap();
                pass(client, server.try_clone().unwrap(), &server, cut);
                let _ = server.shutdown(Shutdown::Both);
            }
        }
    });
    (port, thread)
}

/// Passes on what both say, until the client commits.
fn pass(
    mut client: TcpStream,
    mut from_server: impl Read + Send + 'static,
    mut to_server: impl Write,
    cut: Cut,
) {
    let mut to_client = client.try_clone().unwrap();
    let (lose, is_lost) = std::sync::mpsc::channel::<()>();
    let answers = std::thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(count @ 1..) = from_server.read(&mut bytes) {
            let is_over = is_lost.try_recv().is_ok();
            if is_over || to_client.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        // What has come after the COMMIT is its answer, and is not passed on.
        let _ = to_client.shutdown(Shutdown::Both);
    });
    let mut bytes = [0; 65536];
    while let Ok(count @ 1..) = client.read(&mut bytes) {
        let said = &bytes[..count];
        // At the end of a message.
        let is_commit = said.windows(7).any(|word| word == b"COMMIT\0");
        if is_commit && cut == Cut::BeforeCommit {
            break;
        }
        if is_commit {
            lose.send(()).unwrap();
        }
        if to_server.write_all(said).is_err() {
            break;
        }
        if is_commit {
            answers.join().unwrap();
            return;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}
