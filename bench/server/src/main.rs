//! What applying and starting costs on a PostgreSQL server: against a loop by hand, and against other libraries.
//!
//! All contenders take their turn in each round, each on a database of its own, and a ratio is one of the same round: the
//! machine may be busy. Times of the processors are those of the client's process and of the server's process for it.

mod contenders;
mod history;
mod processor;
mod proxy;

use contenders::{CONTENDERS, Contender, Failure, History};
use postgres::{Client, NoTls};
use proxy::Proxy;
use std::process::Command;
use std::time::{Duration, Instant};
use tablature_test_server::Cluster;

/// How many migrations, and in how many rounds.
const SIZES: [(usize, usize); 3] = [(10, 21), (100, 11), (1_000, 5)];
/// How often each starts in a round.
const STARTS: usize = 5;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        // What is counted by a profiler; each verb does what the one before it does and one thing more.
        ["once", name, size, made, url, verb] => {
            let history = History {
                files: history::files(size.parse()?),
                made: (*made).to_owned(),
            };
            let mut contenders = CONTENDERS.iter();
            let contender = contenders.find(|it| it.name == *name);
            let contender = contender.ok_or("no such contender")?;
            let mut connection = (contender.open)(url, &history)?;
            if *verb == "migrate" {
                connection.migrate()?;
            }
            Ok(())
        }
        [] => SIZES
            .iter()
            .try_for_each(|(size, rounds)| measure(*size, *rounds)),
        [size, rounds] => measure(size.parse()?, rounds.parse()?),
        _ => Err("usage: [<migrations> <rounds>]".into()),
    }
}

/// A server.
struct Server {
    /// Its URL, without a database.
    url: String,
    admin: Client,
    databases: usize,
    _cluster: Option<Cluster>,
}

impl Server {
    /// The one that `TABLATURE_POSTGRES_URL` names, else a throw-away cluster.
    fn start() -> Result<Server, Failure> {
        let cluster = match std::env::var("TABLATURE_POSTGRES_URL") {
            Ok(_) => None,
            Err(_) => Some(Cluster::start(&[])?.ok_or("no PostgreSQL server is installed")?),
        };
        let named = std::env::var("TABLATURE_POSTGRES_URL");
        let url = cluster
            .as_ref()
            .map_or(named.unwrap_or_default(), Cluster::url);
        let (server, _) = url.rsplit_once('/').ok_or("the URL names no database")?;
        Ok(Server {
            url: server.to_owned(),
            admin: Client::connect(&url, NoTls)?,
            databases: 0,
            _cluster: cluster,
        })
    }

    fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.url)
    }

    fn database(&mut self) -> Result<String, Failure> {
        self.databases += 1;
        let name = format!("tablature_bench_{}_{}", std::process::id(), self.databases);
        self.admin
            .batch_execute(&format!("CREATE DATABASE {name}"))?;
        Ok(name)
    }

    fn drop(&mut self, database: &str) -> Result<(), Failure> {
        let sql = format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        Ok(self.admin.batch_execute(&sql)?)
    }

    /// The server's process for the connection to a database.
    fn process(&mut self, database: &str) -> Result<u32, Failure> {
        let sql = "SELECT pid FROM pg_stat_activity WHERE datname = $1 ORDER BY backend_start DESC LIMIT 1";
        let row = self.admin.query_one(sql, &[&database])?;
        Ok(u32::try_from(row.get::<_, i32>(0))?)
    }
}

/// What some work has taken.
#[derive(Clone, Copy, Default)]
struct Cost {
    clock: f64,
    client: f64,
    server: f64,
}

/// What was measured of a contender: in each round, and once.
#[derive(Default)]
struct Figures {
    apply: Vec<Cost>,
    start: Vec<Cost>,
    apply_trips: usize,
    start_trips: usize,
    apply_instructions: f64,
    start_instructions: f64,
}

fn measure(size: usize, rounds: usize) -> Result<(), Failure> {
    let mut server = Server::start()?;
    let made = server.database()?;
    let files = history::files(size);
    let history = History {
        made: server.url(&made),
        files,
    };
    let mut client = Client::connect(&history.made, NoTls)?;
    for sql in &history.files {
        client.batch_execute(sql)?;
    }
    drop(client);
    let proxy = Proxy::start(history.made.parse()?)?;
    let mut figures: Vec<Figures> = CONTENDERS.iter().map(|_| Figures::default()).collect();
    for _ in 0..rounds {
        for (contender, figures) in CONTENDERS.iter().zip(&mut figures) {
            let database = server.database()?;
            figures
                .apply
                .push(cost(contender, &history, &mut server, &database)?);
            let mut starts = Vec::new();
            for _ in 0..STARTS {
                starts.push(cost(contender, &history, &mut server, &database)?);
            }
            figures.start.push(middle(&starts));
            server.drop(&database)?;
        }
    }
    for (contender, figures) in CONTENDERS.iter().zip(&mut figures) {
        let database = server.database()?;
        let through = format!("postgres://postgres@{}/{database}", proxy.address);
        let trips = || -> Result<usize, Failure> {
            let mut connection = (contender.open)(&through, &history)?;
            let before = proxy.count();
            connection.migrate()?;
            Ok(proxy.count() - before)
        };
        figures.apply_trips = trips()?;
        figures.start_trips = trips()?;
        let count = |url: &str, verb: &str| instructions(contender, size, &history, url, verb);
        let url = server.url(&database);
        let open = count(&url, "open")?;
        figures.start_instructions = count(&url, "migrate")? - open;
        server.drop(&database)?;
        let database = server.database()?;
        figures.apply_instructions = count(&server.url(&database), "migrate")? - open;
        server.drop(&database)?;
    }
    server.drop(&made)?;
    print(size, rounds, &figures);
    Ok(())
}

/// What migrating over a fresh connection takes.
fn cost(
    contender: &Contender,
    history: &History,
    server: &mut Server,
    database: &str,
) -> Result<Cost, Failure> {
    let mut connection = (contender.open)(&server.url(database), history)?;
    let process = server.process(database)?;
    let (client, backend) = (processor::own(), processor::of(process));
    let start = Instant::now();
    connection.migrate()?;
    let clock = start.elapsed();
    let client = processor::own() - client;
    // What the server does after its answer belongs to it.
    std::thread::sleep(Duration::from_millis(2));
    let server = processor::of(process) - backend;
    Ok(Cost {
        clock: clock.as_secs_f64(),
        client: client as f64 / 1e9,
        server: server as f64 / 1e9,
    })
}

/// How many instructions the process of a client executes; `valgrind` counts them.
fn instructions(
    contender: &Contender,
    size: usize,
    history: &History,
    url: &str,
    verb: &str,
) -> Result<f64, Failure> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["once", contender.name, &size.to_string()])
        .args([&*history.made, url, verb])
        .output()
        .map_err(|error| format!("`valgrind` could not be run: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(told.into_owned().into());
    }
    let count = told
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, count) = count.ok_or("valgrind tells no count")?;
    Ok(count.trim().parse()?)
}

fn print(size: usize, rounds: usize, figures: &[Figures]) {
    let Some(floor) = figures.first() else { return };
    println!("\n{size} migrations, {rounds} rounds: applying to a new database\n");
    println!(
        "| | ms | ratio [min max] | processors: client, ms | server, ms | ratio of both [min max] | round trips | instructions, M |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (contender, it) in CONTENDERS.iter().zip(figures) {
        println!(
            "| {} | {} | {} | {} |",
            contender.name,
            times(&it.apply, &floor.apply, 1e3),
            it.apply_trips,
            short(it.apply_instructions / 1e6)
        );
    }
    println!("\n{size} migrations: starting with all of them applied, on a fresh connection\n");
    println!(
        "| | ms | ratio [min max] | processors: client, ms | server, ms | ratio of both [min max] | round trips | instructions, M |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (contender, it) in CONTENDERS.iter().zip(figures) {
        println!(
            "| {} | {} | {} | {} |",
            contender.name,
            times(&it.start, &floor.start, 1e3),
            it.start_trips,
            short(it.start_instructions / 1e6)
        );
    }
}

fn times(costs: &[Cost], floor: &[Cost], unit: f64) -> String {
    let both = |cost: &Cost| cost.client + cost.server;
    let median = |of: fn(&Cost) -> f64| short(series(costs.iter().map(of))[1] * unit);
    let ratio = |of: &dyn Fn(&Cost) -> f64| {
        let ratios = costs
            .iter()
            .zip(floor)
            .map(|(cost, floor)| of(cost) / of(floor));
        let [least, median, greatest] = series(ratios);
        format!("{median:.2} [{least:.2} {greatest:.2}]")
    };
    format!(
        "{} | {} | {} | {} | {}",
        median(|cost| cost.clock),
        ratio(&|cost| cost.clock),
        median(|cost| cost.client),
        median(|cost| cost.server),
        ratio(&both),
    )
}

/// The least, the middle and the greatest.
fn series(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    [
        at(0),
        at(values.len() / 2),
        at(values.len().saturating_sub(1)),
    ]
}

fn middle(costs: &[Cost]) -> Cost {
    let of = |field: fn(&Cost) -> f64| series(costs.iter().map(field))[1];
    Cost {
        clock: of(|cost| cost.clock),
        client: of(|cost| cost.client),
        server: of(|cost| cost.server),
    }
}

fn short(number: f64) -> String {
    match number {
        ..1.0 => format!("{number:.3}"),
        1.0..10.0 => format!("{number:.2}"),
        10.0..100.0 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}
