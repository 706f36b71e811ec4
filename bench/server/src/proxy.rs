//! Round trips: how often a client sends something after it has heard something.

use postgres::config::Host;
use std::io::{Error, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

/// Forwards connections to a server.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    count: Arc<AtomicUsize>,
}

impl Proxy {
    pub(crate) fn start(server: postgres::Config) -> Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let count = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&count);
        thread::spawn(move || {
            for client in listener.incoming() {
                // A client whose connection cannot be forwarded sees it closed.
                let _ = client.and_then(|client| forward(client, &server, &counter));
            }
        });
        Ok(Proxy { address, count })
    }

    /// The round trips so far.
    pub(crate) fn count(&self) -> usize {
        self.count.load(SeqCst)
    }
}

/// A connection of either kind.
trait Stream: Read + Write + Sized + Send + 'static {
    fn both(self) -> Result<(Self, Self)>;
    fn close(&self);
}

impl Stream for TcpStream {
    fn both(self) -> Result<(Self, Self)> {
        self.set_nodelay(true)?;
        Ok((self.try_clone()?, self))
    }

    fn close(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

impl Stream for UnixStream {
    fn both(self) -> Result<(Self, Self)> {
        Ok((self.try_clone()?, self))
    }

    fn close(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

fn forward(client: TcpStream, server: &postgres::Config, count: &Arc<AtomicUsize>) -> Result<()> {
    let port = server.get_ports().first().copied().unwrap_or(5432);
    match server.get_hosts().first() {
        Some(Host::Tcp(host)) => couple(client, TcpStream::connect((&**host, port))?, count),
        Some(Host::Unix(directory)) => {
            let socket = directory.join(format!(".s.PGSQL.{port}"));
            couple(client, UnixStream::connect(socket)?, count)
        }
        None => Err(Error::other("the server has no address")),
    }
}

fn couple(client: TcpStream, server: impl Stream, count: &Arc<AtomicUsize>) -> Result<()> {
    let heard = Arc::new(AtomicBool::new(true));
    let (from_client, to_client) = client.both()?;
    let (from_server, to_server) = server.both()?;
    let (count, has_heard) = (Arc::clone(count), Arc::clone(&heard));
    thread::spawn(move || {
        copy(from_client, to_server, || {
            if has_heard.swap(false, SeqCst) {
                count.fetch_add(1, SeqCst);
            }
        })
    });
    thread::spawn(move || copy(from_server, to_client, || heard.store(true, SeqCst)));
    Ok(())
}

fn copy(mut from: impl Stream, mut to: impl Stream, seen: impl Fn()) {
    let mut buffer = [0; 65536];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        seen();
        let Some(Ok(())) = buffer.get(..length).map(|bytes| to.write_all(bytes)) else {
            break;
        };
    }
    from.close();
    to.close();
}
