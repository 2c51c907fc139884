//! What processes have taken of the processors, as the kernel counts it.

use rustix::time::{ClockId, clock_gettime};
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// What this thread has taken so far. Other work on the machine does not count, unlike in the time of day.
pub fn of_thread() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Ticks in a second of `/proc/<pid>/stat` (`getconf CLK_TCK`), the same on every Linux.
const TICKS: f64 = 100.0;

/// Processes below this one, by what their command line begins with.
pub struct Family(BTreeMap<u32, Process>);

struct Process {
    parent: u32,
    command: String,
    /// Of itself and of the children that it has waited for.
    ticks: u32,
    resident_kib: u32,
}

impl Family {
    /// Those that run now.
    pub fn now() -> Self {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let all: BTreeMap<u32, Process> = ids.filter_map(|id| Some((id, Process::read(id)?))).collect();
        let is_below = |mut id: u32| {
            while let Some(process) = all.get(&id) {
                if process.parent == std::process::id() {
                    return true;
                }
                id = process.parent;
            }
            false
        };
        let below: Vec<u32> = all.keys().copied().filter(|id| is_below(*id)).collect();
        Self(all.into_iter().filter(|(id, _)| below.contains(id)).collect())
    }

    /// Milliseconds of one process, and of its ended children.
    pub fn milliseconds_of(&self, id: u32) -> f64 {
        self.0.get(&id).map_or(0.0, |process| f64::from(process.ticks) * 1e3 / TICKS)
    }

    /// Milliseconds of those whose command begins with one of `names`, and of their ended children.
    pub fn milliseconds(&self, names: &[&str]) -> f64 {
        self.named(names).map(|process| f64::from(process.ticks)).sum::<f64>() * 1e3 / TICKS
    }

    /// Mebibytes that they keep resident.
    pub fn mebibytes(&self, names: &[&str]) -> f64 {
        self.named(names).map(|process| f64::from(process.resident_kib)).sum::<f64>() / 1024.0
    }

    fn named(&self, names: &[&str]) -> impl Iterator<Item = &Process> {
        self.0.values().filter(|process| names.iter().any(|name| process.command.contains(name)))
    }
}

impl Process {
    /// `None` when it has ended meanwhile.
    fn read(id: u32) -> Option<Self> {
        let file = |name: &str| fs::read_to_string(format!("/proc/{id}/{name}")).ok();
        let stat = file("stat")?;
        // The name before the last parenthesis may hold anything (proc(5)).
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |place: usize| fields.get(place)?.parse::<u32>().ok();
        let resident = file("status")?
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().trim_end_matches(" kB").parse().ok());
        Some(Self {
            parent: number(1)?,
            command: file("cmdline")?.replace('\0', " "),
            // utime, stime, cutime, cstime
            ticks: number(11)? + number(12)? + number(13)? + number(14)?,
            resident_kib: resident.unwrap_or(0),
        })
    }
}
