//! A cluster of its own: made, started, killed and started again, and gone with the process.

use crate::binaries;
use postgres::{Client, NoTls};
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Speed instead of durability, a socket in the cluster's own directory instead of a port, and room for tests that open
/// many connections and touch many tables in one transaction.
const SETTINGS: &[(&str, &str)] = &[
    ("listen_addresses", ""),
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("max_connections", "200"),
    ("max_locks_per_transaction", "1024"),
    ("shared_buffers", "64MB"),
    ("max_wal_size", "256MB"),
    ("autovacuum", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("lc_messages", "C"),
];

/// Starts the server and waits for a word. If there is none, the process of the tests has ended, in whatever way, and
/// nothing is left behind.
const WATCH: &str = r#"
"$1/postgres" -D "$2/data" >>"$2/log" 2>&1 </dev/null &
server=$!
word=
read -r word
case "$word" in
stop) kill -INT $server ;;
kill) kill -KILL $server $(cat /proc/$server/task/$server/children 2>/dev/null) ;;
*) kill -QUIT $server ;;
esac
wait $server
case "$word" in
'') rm -rf "$2" ;;
esac
"#;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long it may take until a server that will start has left its mark.
const FIRST_SIGN: Duration = Duration::from_secs(10);

/// What the server says where processes of the one before it are still there.
const STILL_IN_USE: &str = "pre-existing shared memory block";

/// How many lines of the log are shown.
const LINES: usize = 20;

/// A server of its own.
#[derive(Debug)]
pub struct Cluster {
    watcher: Option<Child>,
    programs: PathBuf,
    directory: TempDir,
    user: Option<User>,
    /// Where it takes connections over TCP; none if it has a socket only.
    port: Option<u16>,
}

/// Who runs the server, which refuses to be root's.
#[derive(Debug, Clone, Copy)]
struct User {
    id: u32,
    group: u32,
}

impl Cluster {
    /// Makes and starts a cluster, with settings besides the ones that all of them have; none if no server is installed.
    ///
    /// # Errors
    ///
    /// If it cannot be made or does not start, with what it said.
    pub fn start(settings: &[(&str, &str)]) -> io::Result<Option<Cluster>> {
        match binaries::directory() {
            Some(programs) => Cluster::make(programs, settings).map(Some),
            None => Ok(None),
        }
    }

    fn make(programs: PathBuf, settings: &[(&str, &str)]) -> io::Result<Cluster> {
        let mut cluster = Cluster::new(programs)?;
        cluster.initialize(settings)?;
        cluster.run()?;
        Ok(cluster)
    }

    /// Makes and starts a standby of this server: a copy that follows it and only reads.
    ///
    /// # Errors
    ///
    /// If it cannot be made or does not start, with what it said.
    pub fn standby(&self) -> io::Result<Cluster> {
        let mut standby = Cluster::new(self.programs.clone())?;
        let mut copy = standby.command(&self.programs.join("pg_basebackup"));
        copy.args(["--username=postgres", "--checkpoint=fast", "--no-sync"])
            .args(["--write-recovery-conf", "--wal-method=stream"])
            .arg("--host")
            .arg(self.directory.path())
            .arg("--pgdata")
            .arg(standby.data());
        complete(copy)?;
        standby.set(&[])?;
        standby.run()?;
        Ok(standby)
    }

    /// A directory for a cluster, and who is going to run it.
    fn new(programs: PathBuf) -> io::Result<Cluster> {
        // The path of a socket may have a hundred bytes, which a directory for temporary files can exceed.
        let directory = tempfile::Builder::new()
            .prefix("tablature-postgres-")
            .tempdir_in("/tmp")?;
        let user = user_instead_of_root(directory.path())?;
        if let Some(user) = user {
            chown(directory.path(), Some(user.id), Some(user.group))?;
        }
        Ok(Cluster {
            watcher: None,
            programs,
            directory,
            user,
            port: None,
        })
    }

    fn initialize(&self, settings: &[(&str, &str)]) -> io::Result<()> {
        let mut initdb = self.command(&self.programs.join("initdb"));
        initdb
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"])
            .arg("--pgdata")
            .arg(self.data());
        complete(initdb)?;
        self.set(SETTINGS)?;
        self.set(settings)
    }

    /// Adds settings, and the one that says where its socket is.
    fn set(&self, settings: &[(&str, &str)]) -> io::Result<()> {
        let sockets = self.directory.path().display().to_string();
        let sockets = [("unix_socket_directories", sockets.as_str())];
        // It is read after the other file, and is there already, with its owner; of two lines the later one counts.
        let path = self.data().join("postgresql.auto.conf");
        let mut file = fs::OpenOptions::new().append(true).open(path)?;
        for (name, value) in sockets.iter().chain(settings) {
            writeln!(file, "{name} = '{value}'")?;
        }
        Ok(())
    }

    /// Starts it again with connections over TCP, on a port of the loopback which is returned: with TLS only, by a certificate
    /// and its key, and with a password.
    ///
    /// # Errors
    ///
    /// If it does not start, with what it said.
    pub fn encrypt(&mut self, certificate: &str, key: &str) -> io::Result<u16> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let files = [
            ("server.crt", certificate),
            ("server.key", key),
            (
                "pg_hba.conf",
                "local all all trust\nhostssl all all all scram-sha-256\n",
            ),
        ];
        for (name, text) in files {
            let path = self.data().join(name);
            fs::write(&path, text)?;
            fs::set_permissions(&path, Permissions::from_mode(0o600))?;
            if let Some(user) = self.user {
                chown(&path, Some(user.id), Some(user.group))?;
            }
        }
        self.set(&[
            ("listen_addresses", "127.0.0.1"),
            ("port", &port.to_string()),
            ("ssl", "on"),
        ])?;
        self.stop()?;
        self.port = Some(port);
        self.run()?;
        Ok(port)
    }

    /// Where to connect to.
    #[must_use]
    pub fn url(&self) -> String {
        let host = self.directory.path().display().to_string();
        let host = host.replace('%', "%25").replace('/', "%2F");
        let port = self.port.map_or(String::new(), |port| format!(":{port}"));
        format!("postgres://postgres@{host}{port}/postgres")
    }

    /// The directory of its data.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// What the server has written to its log.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }

    /// Ends the server as an administrator would, its connections first.
    ///
    /// # Errors
    ///
    /// If that cannot be waited for.
    pub fn stop(&mut self) -> io::Result<()> {
        self.tell("stop")
    }

    /// Ends the server and all of its processes with SIGKILL, which no process can answer.
    ///
    /// # Errors
    ///
    /// If that cannot be waited for.
    pub fn kill(&mut self) -> io::Result<()> {
        self.tell("kill")
    }

    /// Starts the server after it was stopped or killed; returns when it takes connections.
    ///
    /// # Errors
    ///
    /// If it does not start, with what it said.
    pub fn run(&mut self) -> io::Result<()> {
        let start = Instant::now();
        loop {
            let failed = match self.try_run()? {
                None => return Ok(()),
                Some(failed) => failed,
            };
            // What a killed server leaves are processes that see that it is gone a moment later.
            if !failed.contains(STILL_IN_USE) || start.elapsed() > PATIENCE {
                return Err(io::Error::other(failed));
            }
        }
    }

    /// Starts the server; says why if it does not start.
    fn try_run(&mut self) -> io::Result<Option<String>> {
        self.stop()?;
        let watcher = self
            .command(Path::new("/bin/sh"))
            .args(["-c", WATCH, "watch"])
            .arg(&self.programs)
            .arg(self.directory.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What interrupts the tests from the terminal must not reach the watcher, which then has to clean up.
            .process_group(0)
            .spawn()?;
        self.watcher = Some(watcher);
        let start = Instant::now();
        loop {
            let failed = match Client::connect(&self.url(), NoTls) {
                Ok(_) => return Ok(None),
                Err(error) => error,
            };
            let patience = match self.data().join("postmaster.pid").exists() {
                true => PATIENCE,
                false => FIRST_SIGN,
            };
            if start.elapsed() > patience {
                let log = self.log();
                let lines: Vec<&str> = log.lines().collect();
                let last = lines.len().saturating_sub(LINES);
                let last = lines.get(last..).unwrap_or_default().join("\n");
                return Ok(Some(format!("the server did not start: {failed}\n{last}")));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn tell(&mut self, word: &str) -> io::Result<()> {
        let Some(mut watcher) = self.watcher.take() else {
            return Ok(());
        };
        if let Some(mut input) = watcher.stdin.take() {
            writeln!(input, "{word}")?;
        }
        watcher.wait().map(drop)
    }

    /// A program that runs as the server's user, in its directory.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.directory.path());
        if let Some(user) = self.user {
            command.uid(user.id).gid(user.group);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut watcher) = self.watcher.take() {
            // Without a word it takes the directory away as well.
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
    }
}

/// Runs a program to its end.
fn complete(mut command: Command) -> io::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let program = command.get_program().display();
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{program} failed: {said}")))
}

/// Whom to run a server as if that is root's directory: the user that packages make for it, else the one with no rights.
fn user_instead_of_root(directory: &Path) -> io::Result<Option<User>> {
    if fs::metadata(directory)?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let user = |name: &str| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let found = fields.next() == Some(name);
            let numbers = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
            found.then_some(User {
                id: numbers.0,
                group: numbers.1,
            })
        })
    };
    user("postgres")
        .or_else(|| user("nobody"))
        .map(Some)
        .ok_or_else(|| io::Error::other("a server cannot run as root, and there is nobody else"))
}
