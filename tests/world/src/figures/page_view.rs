//! The cost of a page view that signs nobody in: the plugin on beside off, counted in instructions.
//!
//! Instructions are counted by callgrind, so neither the machine's speed nor its load matters.

use crate::install::debian;
use crate::process::Program;
use crate::wordpress::Site;
use crate::{Context, Result, ensure, paths};

/// What one page view takes.
struct View {
    files: u64,
    queries: u64,
    memory: u64,
    instructions: u64,
}

/// Makes sure that PHP's CGI and the counter are there.
pub(super) fn install() -> Result<()> {
    debian::require(&[format!("php{}-cgi", debian::php_version()), "valgrind".to_owned()])
}

/// The table, for an anonymous view of the front page.
pub(super) fn measure(site: &Site) -> Result<String> {
    let without = view(site)?;
    let activated = site.run_php(
        "require_once ABSPATH . 'wp-admin/includes/plugin.php';
         $error = activate_plugin('logto-sign-in/logto-sign-in.php');
         update_option('logto_sign_in', ['endpoint' => 'http://127.0.0.1:9', 'app_id' => 'a', 'app_secret' => 's']);
         echo is_wp_error($error) ? $error->get_error_message() : 'active';",
    )?;
    ensure!(activated.ends_with("active"), "the plugin cannot be activated: {activated}");
    let with = view(site)?;
    let rows = [
        ("files included", without.files, with.files),
        ("database queries", without.queries, with.queries),
        ("peak memory, bytes", without.memory, with.memory),
        ("instructions", without.instructions, with.instructions),
    ]
    .map(|(name, without, with)| format!("| {name} | {without} | {with} | {} |", more(without, with)));
    let head = "| a page view that signs nobody in | without | with the plugin | more |\n|---|---|---|---|";
    Ok(format!("{head}\n{}", rows.join("\n")))
}

/// The second of two views: the first fills what WordPress itself remembers.
fn view(site: &Site) -> Result<View> {
    request(site)?;
    request(site)
}

fn request(site: &Site) -> Result<View> {
    let host = site.url.strip_prefix("http://").context("a site over http")?;
    let (_, port) = host.split_once(':').context("a port")?;
    let version = debian::php_version();
    let probe = paths::root().join("tests/world/src/figures/probe.php");
    let view = Program::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("php-cgi{version}"))
        .args([
            "-d",
            &format!("auto_append_file={}", probe.display()),
            "-d",
            "cgi.force_redirect=0",
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
    let words = |start: &str| {
        let line = view.stderr.lines().rev().find_map(|line| line.split_once(start).map(|(_, rest)| rest));
        let numbers = line.with_context(|| format!("no line {start:?} in\n{}", view.stderr))?;
        numbers.split_whitespace().map(|word| word.parse().context("a number")).collect::<Result<Vec<u64>>>()
    };
    let (probed, counted) = (words("probe ")?, words("Collected :")?);
    match (probed.as_slice(), counted.as_slice()) {
        (&[files, queries, memory], &[instructions]) => Ok(View { files, queries, memory, instructions }),
        other => Err(anyhow::anyhow!("unexpected counts: {other:?}")),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share to two digits")]
fn more(without: u64, with: u64) -> String {
    let difference = with as f64 - without as f64;
    format!("{difference:+} ({:+.2} %)", 100.0 * difference / without as f64)
}
