//! Where the servers of these tests listen.

use crate::demo::DemoSite;
use crate::fixture::{Shared, trials};
use libtest_mimic::Trial;
use std::collections::BTreeSet;
use std::fs;
use world::{Context as _, Result, ensure};

pub fn trials(demo: &Shared<DemoSite>) -> Vec<Trial> {
    trials![demo; servers_listen_on_loopback_addresses_only]
}

/// A TCP socket in the state `LISTEN`, as `/proc/net/tcp` shows it.
const LISTEN: &str = "0A";

/// `127.0.0.1` and `::1` as `/proc/net/tcp` and `/proc/net/tcp6` write them on a little-endian machine.
const LOOPBACK: [&str; 2] = ["0100007F", "00000000000000000000000001000000"];

fn servers_listen_on_loopback_addresses_only(site: &DemoSite) -> Result<()> {
    // With a browser, every kind of server runs: MariaDB, PHP-FPM, nginx, the providers, chromedriver and Chromium.
    let _browser = site.browser()?;

    let sockets = sockets_of(&this_process_and_below()?);
    let mut addresses = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        for line in fs::read_to_string(table)?.lines().skip(1) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let [_, local, _, state, _, _, _, _, _, inode, ..] = columns[..] else { continue };
            if state == LISTEN && sockets.contains(inode) {
                addresses.push(local.split_once(':').context("an address and a port")?.0.to_owned());
            }
        }
    }

    ensure!(addresses.len() >= 4, "nginx, two providers and chromedriver listen at least: {addresses:?}");
    ensure!(addresses.iter().all(|address| LOOPBACK.contains(&address.as_str())), "{addresses:?}");
    Ok(())
}

/// The IDs of this process, of those that it started, and so on.
fn this_process_and_below() -> Result<BTreeSet<String>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let id = entry.file_name().to_string_lossy().into_owned();
        // The name before the last parenthesis may hold anything. A process may end while its line is read.
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1));
        parents.extend(parent.map(|parent| (id, parent.to_owned())));
    }
    let mut family = BTreeSet::from([std::process::id().to_string()]);
    loop {
        let children = parents.iter().filter(|(_, parent)| family.contains(parent)).map(|(id, _)| id.clone());
        let grown: BTreeSet<String> = family.iter().cloned().chain(children).collect();
        if grown.len() == family.len() {
            return Ok(family);
        }
        family = grown;
    }
}

/// The inodes of the sockets that processes hold.
fn sockets_of(processes: &BTreeSet<String>) -> BTreeSet<String> {
    let files = processes.iter().flat_map(|id| fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten());
    let targets = files.filter_map(|file| fs::read_link(file.path()).ok());
    targets
        .filter_map(|target| Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect()
}
