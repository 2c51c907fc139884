//! The cost of a page view that signs nobody in: the plugin on beside off, counted in instructions.
//!
//! Instructions are counted by callgrind, so neither the machine's speed nor its load matters.

use crate::install::debian;
use crate::process::Program;
use crate::wordpress::Site;
use crate::{Context, Result, ensure, paths};

/// What page views take.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// PHP files that are included.
    pub files: f64,
    /// Database queries.
    pub queries: f64,
    /// Peak memory of a process that has compiled nothing before, in bytes.
    pub memory_cold: f64,
    /// Peak memory of the next view in the same process, in bytes.
    pub memory_warm: f64,
    /// Instructions of a process that has compiled nothing before.
    pub cold: f64,
    /// Instructions of the next view in the same process, when opcache holds everything.
    pub warm: f64,
}

/// Makes sure that PHP's CGI and the counter are there.
pub fn install() -> Result<()> {
    debian::require(&[format!("php{}-cgi", debian::php_version()), "valgrind".to_owned()])
}

/// A site's front page, for somebody who is not logged in.
pub fn measure(site: &Site) -> Result<View> {
    // The first view fills what WordPress itself remembers.
    request(site, None, 1)?;
    let [files, queries, memory_cold, cold] = request(site, Some(CALLGRIND), 1)?;
    let [_, _, memory_warm, both] = request(site, Some(CALLGRIND), 2)?;
    Ok(View { files, queries, memory_cold, memory_warm, cold, warm: both - cold })
}

const CALLGRIND: [&str; 3] = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];

/// Files, queries and memory of the last of so many views in one process, and the instructions of all (if they are
/// counted).
fn request(site: &Site, counter: Option<[&str; 3]>, times: u32) -> Result<[f64; 4]> {
    let host = site.url.strip_prefix("http://").context("a site over http")?;
    let (_, port) = host.split_once(':').context("a port")?;
    let version = debian::php_version();
    let probe = paths::root().join("tests/world/src/figures/probe.php");
    let php = format!("php-cgi{version}");
    let program = match counter {
        Some([counter, options @ ..]) => Program::new(counter).args(options).arg(&php),
        None => Program::new(&php),
    };
    let view = program
        .args([
            "-q",
            "-T",
            &times.to_string(),
            "-d",
            "opcache.enable=1",
            "-d",
            &format!("auto_append_file={}", probe.display()),
            "-d",
            "cgi.force_redirect=0",
            // Counting takes fifty times as long as the view itself.
            "-d",
            "max_execution_time=0",
            "-d",
            "error_log=/dev/null",
        ])
        .folder(&site.folder)
        .env("GATEWAY_INTERFACE", "CGI/1.1")
        .env("SERVER_PROTOCOL", "HTTP/1.1")
        .env("REQUEST_METHOD", "GET")
        .env("REQUEST_URI", "/")
        .env("QUERY_STRING", "")
        .env("SCRIPT_NAME", "/index.php")
        .env("SCRIPT_FILENAME", site.folder.join("index.php"))
        .env("DOCUMENT_ROOT", &site.folder)
        .env("SERVER_NAME", "127.0.0.1")
        .env("SERVER_PORT", port)
        .env("HTTP_HOST", host)
        .env("REMOTE_ADDR", "127.0.0.1")
        .finish()?;
    ensure!(view.success && view.stdout.contains("</html>"), "the page view failed:\n{}\n{}", view.stdout, view.stderr);
    let numbers = |start: &str| {
        let line = view.stderr.lines().rev().find_map(|line| line.split_once(start).map(|(_, rest)| rest));
        let words = line.with_context(|| format!("no line {start:?} in\n{}", view.stderr))?.split_whitespace();
        words.map(|word| word.parse().context("a number")).collect::<Result<Vec<f64>>>()
    };
    let instructions = if counter.is_some() { numbers("Collected :")? } else { vec![0.0] };
    match (numbers("probe ")?.as_slice(), instructions.as_slice()) {
        (&[files, queries, memory], &[instructions]) => Ok([files, queries, memory, instructions]),
        other => Err(anyhow::anyhow!("unexpected counts: {other:?}")),
    }
}
