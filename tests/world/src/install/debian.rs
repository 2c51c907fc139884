//! Debian packages from the machine's own sources.

use crate::process::Program;
use crate::{Result, bail, progress};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The servers of a world and what prepares them.
const SERVERS: [&str; 8] = [
    "ca-certificates",
    "mariadb-server-core",
    "mariadb-client-core",
    "nginx-light",
    "redis-server",
    "php-redis",
    "util-linux",
    "dpkg",
];

/// The extensions of PHP that WordPress and the plugin want; each is a package `php<version>-<name>`.
const PHP: [&str; 9] = ["cli", "fpm", "mysql", "curl", "xml", "mbstring", "zip", "intl", "gd"];

/// The browser, what puts a certificate authority into it, and a font for Chinese pages.
const BROWSER: [&str; 4] = ["chromium", "chromium-driver", "libnss3-tools", "fonts-noto-cjk"];

/// What only the checks need.
const CHECKS: [&str; 2] = ["phpunit", "gettext"];

/// What this machine says about itself in `/etc/os-release`.
struct Machine {
    /// `debian`, `ubuntu`, `fedora`…
    id: String,
    /// The version's number.
    version: u32,
}

/// PHP's version in the machine's distribution, as in the names of its packages.
pub fn php_version() -> &'static str {
    if machine().version >= 13 { "8.4" } else { "8.2" }
}

/// Makes sure that the packages of a world are there.
pub fn for_world() -> Result<()> {
    require(&of_world())
}

/// What installing the packages of a world takes, in words: their number, the download, and root. `None` when they are
/// all there.
pub fn announcement() -> Option<String> {
    let missing = missing(&of_world());
    if missing.is_empty() {
        return None;
    }
    // The lists at hand know the sizes; an empty machine may have no lists yet.
    let asked = Program::new("apt-get")
        .args(["install", "--print-uris", "--quiet=2", "--no-install-recommends"])
        .args(&missing)
        .finish();
    let uris = asked.ok().filter(|asked| asked.success).map(|asked| asked.stdout).unwrap_or_default();
    let bytes = download(&uris);
    let size = if bytes > 0 { format!("{} MB to download, ", bytes.div_ceil(1_000_000)) } else { String::new() };
    Some(format!("{} Debian packages and what they need ({size}as root)", missing.len()))
}

/// The sum of sizes in what `apt-get --print-uris` prints: `'address' file size hash` on each line.
fn download(uris: &str) -> u64 {
    uris.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()).sum()
}

fn of_world() -> Vec<String> {
    let php = php_version();
    let mut packages: Vec<String> = SERVERS.iter().chain(&BROWSER).map(ToString::to_string).collect();
    packages.extend(PHP.iter().map(|name| format!("php{php}-{name}")));
    packages
}

/// Makes sure that the packages of the checks are there.
pub fn for_checks() -> Result<()> {
    require(&CHECKS.map(str::to_owned))
}

/// Makes sure that packages are installed, and installs those that are missing.
pub fn require(packages: &[String]) -> Result<()> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let machine = machine();
    if machine.id != "debian" {
        bail!(
            "This machine runs {:?}, and only on Debian this command installs what it needs.\nMissing, by the names of \
             Debian 12's packages: {names}",
            machine.id
        );
    }
    let Some(prefix) = privileges() else {
        bail!(
            "Missing Debian packages, and neither root nor `sudo -n` is available to install them. Run once as root:\n\
             apt-get install --no-install-recommends {names}"
        );
    };
    progress::step(&format!("Installing the Debian packages {names}"), || install(&prefix, &missing))
}

/// Whether all of these packages are installed.
pub fn are_installed(packages: &[String]) -> bool {
    missing(packages).is_empty()
}

/// Which of these packages dpkg does not have.
fn missing(packages: &[String]) -> Vec<String> {
    let asked = Program::new("dpkg-query").args(["-W", "-f=${Package} ${db:Status-Status}\n"]).args(packages).finish();
    let known = asked.map(|asked| asked.stdout).unwrap_or_default();
    let installed: Vec<&str> = known.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    packages.iter().filter(|package| !installed.contains(&package.as_str())).cloned().collect()
}

/// How to run a command as root: directly, through sudo, or not at all.
fn privileges() -> Option<Vec<&'static str>> {
    if rustix::process::geteuid().is_root() {
        return Some(vec!["env"]);
    }
    let sudo = Program::new("sudo").args(["-n", "true"]).finish();
    sudo.is_ok_and(|sudo| sudo.success).then(|| vec!["sudo", "-n", "env"])
}

/// Installs packages, the newest that the machine's sources have: an old list may name an older compiler than the project
/// needs. A failure can come from archives that were deleted between download and unpacking, which another attempt heals.
fn install(prefix: &[&str], packages: &[String]) -> Result<()> {
    let _no_daemons = DaemonsOff::new(prefix)?;
    let root = |arguments: &[&str]| {
        Program::new(prefix[0])
            .args(&prefix[1..])
            .args(["DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"])
            .args(arguments)
    };
    let attempt = || {
        root(&["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"])
            .args(packages)
            .output()
    };
    // Without the sources' servers the lists at hand may still do.
    drop(root(&["apt-get", "update", "-o", "DPkg::Lock::Timeout=300"]).finish());
    if attempt().is_ok() {
        return Ok(());
    }
    progress::say("Trying once more");
    attempt().map(drop)
}

/// Keeps package installation from starting daemons: the world starts its own servers, on the loopback interface only.
struct DaemonsOff<'a> {
    prefix: &'a [&'a str],
    ours: bool,
}

const POLICY: &str = "/usr/sbin/policy-rc.d";

impl<'a> DaemonsOff<'a> {
    fn new(prefix: &'a [&'a str]) -> Result<Self> {
        let ours = !Path::new(POLICY).exists();
        if ours {
            let script = format!("printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}");
            Program::new(prefix[0]).args(&prefix[1..]).args(["sh", "-c", &script]).output()?;
        }
        Ok(Self { prefix, ours })
    }
}

impl Drop for DaemonsOff<'_> {
    fn drop(&mut self) {
        if self.ours {
            drop(Program::new(self.prefix[0]).args(&self.prefix[1..]).args(["rm", "-f", POLICY]).finish());
        }
    }
}

fn machine() -> Machine {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let line = release.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().trim_matches('"').to_owned()
    };
    Machine { id: field("ID="), version: field("VERSION_ID=").parse().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_of_a_download_are_added() {
        let uris =
            "'http://deb.example/a_1.deb' a_1.deb 1500000 SHA256:00\n'http://deb.example/b.deb' b.deb 700 MD5:1\n";
        assert_eq!(super::download(uris), 1_500_700);
        assert_eq!(super::download("E: Unable to locate package nginx-light\n"), 0);
    }
}
