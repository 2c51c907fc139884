//! The transport `socket`: `logto-sign-in listen`.

use super::*;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::CommandExt as _;
use std::process::Stdio;

/// Debian's user `nobody`.
const NOBODY: u32 = 65534;

struct Sidecar {
    child: Child,
    socket: PathBuf,
}

impl Sidecar {
    fn start(socket: PathBuf, more: &[&str]) -> Self {
        Self::start_with_log(socket, more, Stdio::piped())
    }

    fn start_with_log(socket: PathBuf, more: &[&str], log: Stdio) -> Self {
        let child = program()
            .args(["listen", "--socket"])
            .arg(&socket)
            .args(more)
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut sidecar = Self { child, socket };
        wait("listening", || {
            assert!(sidecar.child.try_wait().expect("a child").is_none(), "the sidecar ended");
            UnixStream::connect(&sidecar.socket).is_ok()
        });
        sidecar
    }

    fn connect(&self) -> BufReader<UnixStream> {
        BufReader::new(UnixStream::connect(&self.socket).expect("connected"))
    }

    fn mode(&self) -> u32 {
        fs::metadata(&self.socket).expect("a socket").permissions().mode() & 0o777
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
        assert!(kill.expect("sh").success());
    }

    /// Ends it with a signal; what it said on stderr.
    fn end(mut self, signal: &str) -> String {
        self.signal(signal);
        let status = self.child.wait().expect("ended");
        assert!(status.success(), "{status}");
        assert!(!self.socket.exists(), "the socket is left behind");
        let mut said = String::new();
        self.child.stderr.take().expect("piped").read_to_string(&mut said).expect("UTF-8");
        said
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(connection: &mut BufReader<UnixStream>, request: &str) -> String {
    connection.get_mut().write_all(format!("{request}\n").as_bytes()).expect("written");
    let mut line = String::new();
    connection.read_line(&mut line).expect("a line");
    assert_eq!(line.pop(), Some('\n'));
    line
}

/// Debian's group `www-data`.
const WEB: u32 = 33;

/// What a user of this number, in the web server's group, gets from the socket, by PHP.
fn ask_as(user: u32, socket: &Path) -> String {
    let program = r#"
        $socket = @stream_socket_client("unix://$argv[1]", $number, $message, 5);
        if (!$socket) { exit("no connection: $message"); }
        @fwrite($socket, "{\"operation\":\"about\"}\n");
        echo fgets($socket) ?: 'no answer';
    "#;
    let mut php = Command::new("php");
    php.args(["-r", program, "--"]).arg(socket).current_dir("/").uid(user).gid(WEB);
    text(&php.output().expect("root may become another user, and php (Debian: php-cli) starts")).0
}

#[test]
fn replies_are_byte_for_byte_those_of_the_process() {
    let folder = Folder::new("equal");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let mut connection = sidecar.connect();
    let replies: Vec<_> = lines().iter().map(|line| ask(&mut connection, line)).collect();
    assert_eq!(replies, super::process::constant_replies());
}

#[test]
fn a_line_beyond_the_limit_is_answered_and_the_next_request_too() {
    let folder = Folder::new("long");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let mut connection = sidecar.connect();
    assert_eq!(code(&ask(&mut connection, &"x".repeat(20 << 20))), "request_too_large");
    assert_eq!(parse(&ask(&mut connection, ABOUT))["outcome"]["type"], "about");
}

#[test]
fn the_socket_is_its_owners_alone() {
    let folder = Folder::new("mode");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    assert_eq!(sidecar.mode(), 0o600);
    let answer = ask_as(NOBODY, &sidecar.socket);
    assert!(answer.contains("Permission denied"), "{answer}");
    let answer = ask_as(0, &sidecar.socket);
    assert_eq!(parse(&answer)["outcome"]["type"], "about");
}

/// A folder whose group the socket takes over.
fn folder_of_the_web_servers_group(name: &str) -> Folder {
    let folder = Folder::new(name);
    std::os::unix::fs::chown(&folder.0, None, Some(WEB)).expect("root may give it to a group");
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o2750)).expect("set");
    folder
}

#[test]
fn the_kernels_word_decides_who_is_served() {
    let folder = folder_of_the_web_servers_group("peer");
    let sidecar = Sidecar::start(folder.file("socket"), &["--allow-uid", "33", "--allow-uid", "12345"]);
    assert_eq!(sidecar.mode(), 0o660);
    for user in [33, 12345, 0] {
        assert_eq!(parse(&ask_as(user, &sidecar.socket))["outcome"]["type"], "about", "{user}");
    }
    assert_eq!(ask_as(NOBODY, &sidecar.socket), "no answer");
    let said = sidecar.end("TERM");
    assert!(said.contains("user 65534 may not connect"), "{said}");
}

/// Fault S12: the socket could lie in a folder where anybody could put another one in its place.
#[test]
fn fault_s12_a_folder_that_others_may_write_to_is_refused() {
    for (mode, owner, cause) in [
        (0o777, 0, "everybody may write to its folder"),
        (0o1777, 0, "everybody may write to its folder"),
        (0o755, NOBODY, "its folder belongs to user 65534"),
    ] {
        let folder = Folder::new("open");
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(mode)).expect("set");
        std::os::unix::fs::chown(&folder.0, Some(owner), None).expect("root may give it away");
        let socket = folder.file("socket");

        let output = program().args(["listen", "--socket"]).arg(&socket).output().expect("the program starts");

        assert_eq!(output.status.code(), Some(1), "{mode:o} {owner}");
        assert!(text(&output).1.contains(cause), "{output:?}");
        assert!(!socket.exists());
    }
}

/// Fault S20: 28,000 refused peers were 28,000 lines.
#[test]
fn fault_s20_a_flood_of_refused_peers_is_a_few_lines() {
    let folder = folder_of_the_web_servers_group("flood");
    let sidecar = Sidecar::start(folder.file("socket"), &["--allow-uid", "33"]);
    let program = r#"for ($i = 0; $i < 1000; ++$i) { fgets(stream_socket_client("unix://$argv[1]")); }"#;
    let mut php = Command::new("php");
    php.args(["-r", program, "--"]).arg(&sidecar.socket).current_dir("/").uid(NOBODY).gid(WEB);
    assert!(php.status().expect("php (Debian: php-cli) starts").success());

    let said = sidecar.end("TERM");

    assert!(said.lines().count() <= 4, "{said}");
    assert!(said.contains("user 65534 may not connect") && said.contains("999 more refused connections"), "{said}");
}

#[test]
fn clients_at_once_do_not_wait_for_each_other() {
    let folder = Folder::new("many");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let idle: Vec<_> = (0..20).map(|_| sidecar.connect()).collect();
    let expected = &super::process::constant_replies()[0];
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let mut connection = sidecar.connect();
                for _ in 0..50 {
                    assert_eq!(&ask(&mut connection, ABOUT), expected);
                }
            });
        }
    });
    drop(idle);
}

#[test]
fn more_clients_than_places_are_served_in_turn() {
    let folder = Folder::new("full");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let begin = |_| {
        let mut connection = sidecar.connect();
        ask(&mut connection, &start());
        connection
    };
    let mut busy: Vec<_> = (0..128).map(begin).collect();
    let mut last = sidecar.connect();
    last.get_mut().write_all(format!("{ABOUT}\n").as_bytes()).expect("written");
    last.get_mut().set_read_timeout(Some(Duration::from_millis(1500))).expect("set");
    let mut line = String::new();
    assert!(last.read_line(&mut line).is_err(), "the limit of connections is not kept: {line}");
    busy.pop();
    last.get_mut().set_read_timeout(None).expect("set");
    last.read_line(&mut line).expect("a line");
    assert_eq!(parse(&line)["outcome"]["type"], "about");
}

/// Fault S20: 128 idle connections kept everybody else waiting for two minutes.
#[test]
fn fault_s20_idle_connections_give_way() {
    let folder = Folder::new("idle");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let idle: Vec<_> = (0..128).map(|_| sidecar.connect()).collect();
    let began = Instant::now();

    for _ in 0..8 {
        assert_eq!(parse(&ask(&mut sidecar.connect(), ABOUT))["outcome"]["type"], "about");
    }

    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let ended = idle.iter().filter(|connection| {
        connection.get_ref().set_nonblocking(true).expect("set");
        matches!(connection.get_ref().read(&mut [0]), Ok(0))
    });
    assert!(ended.count() <= 8, "no more than need be give way");
}

/// Fault R6: of calls that waited in the kernel's queue, some were lost when the sidecar was stopped.
#[test]
fn fault_r6_whoever_waits_is_served_before_the_end() {
    let folder = Folder::new("drain");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let mut busy: Vec<_> = (0..128).map(|_| sidecar.connect()).collect();
    for connection in &mut busy {
        ask(connection, &start());
    }
    let mut waiting: Vec<_> = (0..16).map(|_| sidecar.connect()).collect();
    for connection in &mut waiting {
        connection.get_mut().write_all(format!("{ABOUT}\n").as_bytes()).expect("written");
    }

    sidecar.signal("TERM");
    thread::sleep(Duration::from_millis(200));
    drop(busy);

    for connection in &mut waiting {
        let mut line = String::new();
        connection.read_line(&mut line).expect("a line");
        assert_eq!(parse(&line)["outcome"]["type"], "about");
    }
    sidecar.end("TERM");
}

#[test]
fn idle_connections_do_not_delay_the_end() {
    let folder = Folder::new("end");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let idle: Vec<_> = (0..20).map(|_| sidecar.connect()).collect();
    thread::sleep(Duration::from_millis(300));
    let began = Instant::now();

    sidecar.end("TERM");

    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    drop(idle);
}

#[test]
fn a_stale_socket_is_replaced_and_a_living_one_is_not() {
    let folder = Folder::new("stale");
    let socket = folder.file("socket");
    drop(UnixListener::bind(&socket).expect("bound"));
    let sidecar = Sidecar::start(socket.clone(), &[]);

    let second = program().args(["listen", "--socket"]).arg(&socket).output().expect("the program starts");
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second).1.contains("another sidecar listens on it"), "{second:?}");
    assert_eq!(parse(&ask(&mut sidecar.connect(), ABOUT))["outcome"]["type"], "about");
}

/// Fault R15: a sidecar that could not write its first line to the log ended, and no supervisor could start it again.
#[test]
fn fault_r15_a_log_on_a_full_disk_ends_nothing() {
    let folder = Folder::new("full");
    let full = fs::File::options().write(true).open("/dev/full").expect("a device that is always full");
    let mut sidecar = Sidecar::start_with_log(folder.file("socket"), &[], full.into());

    let answer = parse(&ask(&mut sidecar.connect(), ABOUT));

    assert_eq!(answer["outcome"]["type"], "about");
    sidecar.signal("TERM");
    assert!(sidecar.child.wait().expect("ended").success(), "it ends as it should");
}

#[test]
fn a_file_in_the_way_is_left_alone() {
    let folder = Folder::new("file");
    let file = folder.file("socket");
    fs::write(&file, "precious").expect("written");
    let output = program().args(["listen", "--socket"]).arg(&file).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&file).expect("still there"), "precious");
}

#[test]
fn sigterm_and_sigint_end_it_and_remove_the_socket() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::new(signal);
        let sidecar = Sidecar::start(folder.file("socket"), &[]);
        ask(&mut sidecar.connect(), ABOUT);
        let said = sidecar.end(signal);
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_successors_socket_is_not_removed() {
    let folder = Folder::new("successor");
    let socket = folder.file("socket");
    let mut first = Sidecar::start(socket.clone(), &[]);
    fs::remove_file(&socket).expect("removed");
    let second = Sidecar::start(socket, &[]);
    first.signal("TERM");
    assert!(first.child.wait().expect("ended").success());
    assert_eq!(parse(&ask(&mut second.connect(), ABOUT))["outcome"]["type"], "about");
}

#[test]
fn a_thousand_connections_leak_nothing() {
    let folder = Folder::new("leak");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let connect = |times| {
        for _ in 0..times {
            ask(&mut sidecar.connect(), ABOUT);
        }
        resident(&sidecar.child)
    };
    let (before, after) = (connect(200), connect(1000));
    assert!(after < before + 1024, "{before} KiB, then {after} KiB");
}

#[test]
fn abandoned_operations_free_their_memory() {
    let folder = Folder::new("abandoned");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);
    let begin = || {
        let mut connection = sidecar.connect();
        assert!(ask(&mut connection, &start()).starts_with(r#"{"effect":"#));
        connection
    };
    let resident = || i64::try_from(resident(&sidecar.child)).expect("small");
    for _ in 0..200 {
        begin();
    }

    let before = resident();
    let connections: Vec<_> = (0..16).map(|_| begin()).collect();
    let open = (resident() - before) / 16;
    drop(connections);
    for _ in 0..10_000 {
        begin();
    }

    // The last connections may be about to end.
    wait("freeing", || {
        assert_flat(0, open);
        resident() - before < 4 << 10
    });
}

/// The same for the sidecar, which still accepts connections, starts threads, and removes its socket's file.
#[test]
fn the_kernel_confines_the_sidecar() {
    let folder = Folder::new("kernel");
    let sidecar = Sidecar::start(folder.file("socket"), &[]);

    for _ in 0..2 {
        let mut connection = sidecar.connect();
        assert!(parse(&ask(&mut connection, &start())).get("effect").is_some());
    }

    assert_confined(&sidecar.child);
    let said = sidecar.end("TERM");
    assert!(!said.contains("confine"), "{said}");
}
