//! The provider behind a real socket.

use simulator::Provider;
use simulator::http::Server;
use simulator::provider::fault::{Endpoint, Fault, Outage};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const METADATA: &str = "/oidc/.well-known/openid-configuration";

fn get(server: &Server, path: &str) -> String {
    let host = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("connected");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn serves_metadata_of_its_own_address() {
    let server = Server::start(Provider::new("")).expect("a port");
    let answer = get(&server, METADATA);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(&format!("\"issuer\":\"{}/oidc\"", server.url)), "{answer}");
    assert!(get(&server, "/elsewhere").starts_with("HTTP/1.1 404"));
    let paths: Vec<_> = server.requests().into_iter().map(|request| (request.path, request.status)).collect();
    assert_eq!(paths, [(METADATA.to_owned(), 200), ("/elsewhere".to_owned(), 404)]);
}

#[test]
fn misbehaves_when_told_and_while_told() {
    let server = Server::start(Provider::new("")).expect("a port");
    for (outage, begins) in [
        (Outage::Html, "HTTP/1.1 200"),
        (Outage::ServerError, "HTTP/1.1 503"),
        (Outage::Redirect, "HTTP/1.1 303"),
        (Outage::Connection, ""),
    ] {
        server.set_fault(Some(Fault::Outage(Endpoint::Metadata, outage)));
        let answer = get(&server, METADATA);
        assert!(answer.starts_with(begins) && !answer.contains("\"issuer\":\"http://"), "{outage:?}: {answer}");
        assert!(begins.is_empty() != answer.contains("\r\n"), "{outage:?}: {answer}");
    }
    server.set_fault(None);
    assert!(get(&server, METADATA).starts_with("HTTP/1.1 200"));
}

/// A caller who waits for an answer that does not come keeps nobody else waiting.
#[test]
fn is_slow_for_one_caller_alone() {
    let server = Server::start(Provider::new("")).expect("a port");
    server.set_fault(Some(Fault::Outage(Endpoint::Keys, Outage::Timeout)));
    let host = server.url.trim_start_matches("http://").to_owned();
    let mut waiting = TcpStream::connect(&host).expect("connected");
    write!(waiting, "GET /oidc/jwks HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("sent");
    let began = std::time::Instant::now();
    assert!(get(&server, METADATA).starts_with("HTTP/1.1 200"));
    assert!(began.elapsed().as_secs() < 5);
    waiting.set_read_timeout(Some(std::time::Duration::from_millis(300))).expect("a time limit");
    assert!(waiting.read(&mut [0; 16]).is_err(), "an answer came");
}

#[test]
fn stops_when_dropped() {
    let server = Server::start(Provider::new("")).expect("a port");
    let host = server.url.trim_start_matches("http://").to_owned();
    drop(server);
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(TcpStream::connect(host).is_err(), "the port is still open");
}
