//! The program `logto-sign-in`: its commands.

use lexopt::prelude::*;
use logto_sign_in::{doctor, process, sidecar};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
The OpenID Connect client of the WordPress plugin Logto Sign-In. PHP talks to it; by hand it is
useful to see whether a machine can run it.

Usage: logto-sign-in <command>

Commands:
  serve                 Answer requests on stdin, one JSON object a line, until stdin ends
  listen --socket PATH  The same on a Unix socket, until SIGTERM; for systemd or a container
         [--allow-uid UID]...  Users who may connect besides root and this process's own.
                        The socket's mode is 0600; with --allow-uid it is 0660, so that these
                        users must be in its group, and the user number that the kernel
                        reports is what decides. Its folder must belong to root or to this
                        process's user, and must not be writable by everybody
  doctor                Say what works on this machine

Options:
  --version             Print the version
  --help                Print this

Examples:
  echo '{\"operation\":\"about\"}' | logto-sign-in serve
  logto-sign-in listen --socket /run/logto-sign-in/socket --allow-uid \"$(id -u www-data)\"
  logto-sign-in doctor

Exit status: 0 when all went well, 1 when it did not, 2 when the arguments are not understood.
";

enum Command {
    Serve,
    Listen { socket: PathBuf, allowed: Vec<u32> },
    Doctor,
    Print(String),
}

fn main() -> ExitCode {
    let command = match arguments(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            say(&format_args!("{error}\nTry: logto-sign-in --help"));
            return ExitCode::from(2);
        }
    };
    let result = match command {
        Command::Serve => process::serve(),
        Command::Listen { socket, allowed } => {
            sidecar::listen(&socket, &allowed).map_err(|cause| named(&socket.display(), &cause))
        }
        Command::Doctor => {
            let report = doctor::examine();
            match print(&report.to_string()) {
                Ok(()) if !report.healthy => return ExitCode::FAILURE,
                result => result,
            }
        }
        Command::Print(text) => print(&text),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error);
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut name = None;
    let (mut socket, mut allowed) = (None, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Print(HELP.into())),
            Long("version") | Short('V') => {
                return Ok(Command::Print(concat!("logto-sign-in ", env!("CARGO_PKG_VERSION"), "\n").into()));
            }
            Value(value) if name.is_none() => name = Some(value.string()?),
            Long("socket") if name.as_deref() == Some("listen") => socket = Some(PathBuf::from(parser.value()?)),
            Long("allow-uid") if name.as_deref() == Some("listen") => allowed.push(parser.value()?.parse()?),
            other => return Err(other.unexpected()),
        }
    }
    match name.as_deref() {
        Some("serve") => Ok(Command::Serve),
        Some("listen") => {
            let socket = socket.ok_or("listen needs --socket PATH")?;
            Ok(Command::Listen { socket, allowed })
        }
        Some("doctor") => Ok(Command::Doctor),
        Some(other) => Err(format!("no command {other:?}").into()),
        None => Err("a command is missing".into()),
    }
}

fn print(text: &str) -> io::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Says on standard error what went wrong, if that takes it: the exit status says so in any case.
fn say(what: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "logto-sign-in: {what}");
}

fn named(what: &dyn std::fmt::Display, cause: &io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("{what}: {cause}"))
}
