//! Other programs: run to their end, or kept running as services that end with this process.
//!
//! Each runs in a process group of its own and is started through `setpriv --pdeathsig`, so that the kernel ends it
//! when this process dies without cleaning up. That signal is bound to the *thread* that started the program, so one
//! thread, which never ends, starts them all.

use crate::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// How long a service may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a service that one waits for is asked what it wrote.
const PULSE: Duration = Duration::from_secs(30);

static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

type Job = (Command, mpsc::Sender<std::io::Result<Child>>);

/// A program to run, with its arguments.
#[derive(Debug)]
pub struct Program {
    name: String,
    inner: Command,
}

impl Program {
    /// A program by name or path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut inner = Command::new("setpriv");
        inner.args(["--pdeathsig", "TERM", "--"]).arg(program.as_ref());
        inner.stdin(Stdio::null()).process_group(0);
        Self { name: program.as_ref().to_string_lossy().into_owned(), inner }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.inner.arg(argument);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.inner.args(arguments);
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    /// Leaves an environment variable out.
    #[must_use]
    pub fn without_env(mut self, name: &str) -> Self {
        self.inner.env_remove(name);
        self
    }

    /// Sets the folder to run in.
    #[must_use]
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.inner.current_dir(folder);
        self
    }

    /// Runs the program to its end and keeps what it wrote, standard error after standard output.
    pub fn finish(mut self) -> Result<Finished> {
        self.inner.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = start(self.inner).with_context(|| format!("cannot start {}", self.name))?;
        let group = Pid::from_child(&child);
        let output = child.wait_with_output();
        forget(group);
        let output = output.with_context(|| format!("{} was lost", self.name))?;
        Ok(Finished {
            success: output.status.success(),
            status: output.status.to_string(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs the program to its end, gives its standard output, and fails with all it wrote.
    pub fn output(self) -> Result<String> {
        let name = self.name.clone();
        let finished = self.finish()?;
        if !finished.success {
            bail!("{name} failed ({})\n{}{}", finished.status, finished.stdout, finished.stderr);
        }
        Ok(finished.stdout)
    }

    /// Starts the program as a service that writes to a log file. Its standard input stays open as long as it runs.
    pub fn service(mut self, log: &Path) -> Result<Service> {
        self.inner.stdin(Stdio::piped());
        let file = File::create(log).with_context(|| format!("cannot create {}", log.display()))?;
        self.inner.stdout(file.try_clone()?).stderr(file);
        let child = start(self.inner).with_context(|| format!("cannot start {}", self.name))?;
        Ok(Service { name: self.name, log: log.to_path_buf(), child })
    }
}

/// What a program that ended left behind.
#[derive(Debug)]
pub struct Finished {
    /// Whether it ended with status 0.
    pub success: bool,
    /// Its status, for messages.
    pub status: String,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// A running service. Dropping it ends it.
#[derive(Debug)]
pub struct Service {
    name: String,
    log: PathBuf,
    child: Child,
}

impl Service {
    /// What the service wrote so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The processes that the service itself has started, by number.
    pub fn children(&self) -> Vec<u32> {
        let parent = self.child.id().to_string();
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        // The second word after the name, which is in parentheses.
        let parent_of = |number: u32| -> Option<String> {
            let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
            stat.rsplit_once(')')?.1.split_whitespace().nth(1).map(str::to_owned)
        };
        numbers.filter(|number| parent_of(*number).as_deref() == Some(&parent)).collect()
    }

    /// Waits for the service's own end, shows what it wrote so far every half minute, and keeps what it wrote.
    pub fn finish(mut self, mut show: impl FnMut(&str)) -> Result<Finished> {
        let mut shown = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if shown.elapsed() > PULSE {
                show(&self.log());
                shown = Instant::now();
            }
            std::thread::sleep(Duration::from_millis(100));
        };
        let (success, status) = (status.success(), status.to_string());
        Ok(Finished { success, status, stdout: self.log(), stderr: String::new() })
    }

    /// Waits until the service is ready, and fails with its log when it ends first or takes too long.
    pub fn wait_until<T>(&mut self, longest: Duration, mut ready: impl FnMut(&str) -> Option<T>) -> Result<T> {
        let begun = Instant::now();
        loop {
            if let Some(value) = ready(&self.log()) {
                return Ok(value);
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended early ({status})\n{}", self.name, self.log());
            }
            if begun.elapsed() > longest {
                bail!("{} was not ready after {} s\n{}", self.name, longest.as_secs(), self.log());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Service {
    /// Ends the service at once, as the kernel does when memory runs out.
    pub fn kill(self) {
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        // The service may already be gone.
        let _ = kill_process_group(group, Signal::TERM);
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = kill_process_group(group, Signal::KILL);
        drop(self.child.wait());
        forget(group);
    }
}

/// Ends every program that this process started, and waits a moment for them.
pub fn stop_all() {
    let groups = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for group in &groups {
        let _ = kill_process_group(*group, Signal::TERM);
    }
    let begun = Instant::now();
    while groups.iter().any(|group| test_kill_process_group(*group).is_ok()) && begun.elapsed() < Duration::from_secs(3)
    {
        std::thread::sleep(Duration::from_millis(20));
    }
    for group in groups {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Whether a program that this process started is still running.
pub fn any_is_running() -> bool {
    !RUNNING.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
}

/// On Ctrl-C and on a request to end, ends every program first.
pub fn end_on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        stop_all();
        // The conventional status of a program that Ctrl-C ended.
        std::process::exit(130);
    })
    .context("cannot watch for signals")
}

fn start(command: Command) -> Result<Child> {
    static STARTER: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let starter = STARTER.get_or_init(|| {
        let (sender, jobs) = mpsc::channel::<Job>();
        std::thread::spawn(move || {
            for (mut command, reply) in jobs {
                let child = command.spawn();
                if let Ok(child) = &child {
                    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).push(Pid::from_child(child));
                }
                drop(reply.send(child));
            }
        });
        sender
    });
    let (sender, reply) = mpsc::channel();
    starter.send((command, sender)).map_err(|_| anyhow!("the starter thread is gone"))?;
    Ok(reply.recv().context("the starter thread is gone")??)
}

fn forget(group: Pid) {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| *other != group);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn service_ends_when_its_owner_panics() {
        let folder = paths::state().join("tests");
        fs::create_dir_all(&folder).unwrap();
        let log = folder.join("sleep.log");
        let (sender, started) = mpsc::channel();

        let owner = std::thread::spawn(move || {
            let service = Program::new("sleep").arg("600").service(&log).unwrap();
            sender.send(Pid::from_child(&service.child)).unwrap();
            panic!("a test that fails while its service runs");
        });

        let group = started.recv().unwrap();
        assert!(owner.join().is_err());
        assert!(test_kill_process_group(group).is_err(), "the service still runs");
    }
}
