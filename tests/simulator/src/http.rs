//! The same provider behind a real socket on this machine.

use crate::message::{Answer, Message, Response};
use crate::provider::fault::Fault;
use crate::provider::{Provider, Received};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long an endpoint without an answer keeps its caller waiting.
const SILENCE: Duration = Duration::from_secs(10);
/// Longest request body that is read, in bytes.
const LONGEST_BODY: u64 = 1024 * 1024;

/// A server on 127.0.0.1; it stops when it is dropped.
pub struct Server {
    /// The provider's endpoint, as an admin would enter it.
    pub url: String,
    provider: Arc<Mutex<Provider>>,
    listener: Arc<tiny_http::Server>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `provider` on a free port; its endpoint becomes the server's address.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(provider: Provider) -> std::io::Result<Self> {
        Self::start_at(provider, "127.0.0.1:0")
    }

    /// Serves `provider` at `address`.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn start_at(mut provider: Provider, address: &str) -> std::io::Result<Self> {
        let listener = Arc::new(tiny_http::Server::http(address).map_err(std::io::Error::other)?);
        let url = format!("http://{}", listener.server_addr());
        provider.endpoint.clone_from(&url);
        let provider = Arc::new(Mutex::new(provider));
        let (shared, accepting) = (Arc::clone(&provider), Arc::clone(&listener));
        let thread = std::thread::spawn(move || {
            while let Ok(request) = accepting.recv() {
                let provider = Arc::clone(&shared);
                // A caller who is kept waiting must not keep others waiting.
                std::thread::spawn(move || serve(request, &provider));
            }
        });
        Ok(Self { url, provider, listener, thread: Some(thread) })
    }

    /// Makes the provider misbehave, or behave.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.provider().fault = fault;
    }

    /// What the provider was asked, in order.
    pub fn requests(&self) -> Vec<Received> {
        self.provider().received.clone()
    }

    /// The provider itself, between two requests.
    pub fn provider(&self) -> MutexGuard<'_, Provider> {
        locked(&self.provider)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listener.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn locked(provider: &Mutex<Provider>) -> MutexGuard<'_, Provider> {
    provider.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut request: tiny_http::Request, provider: &Mutex<Provider>) {
    let mut body = String::new();
    if request.as_reader().take(LONGEST_BODY).read_to_string(&mut body).is_err() {
        return;
    }
    let answer = {
        let mut provider = locked(provider);
        let Ok(url) = url::Url::parse(&format!("{}{}", provider.endpoint, request.url())) else { return };
        let field = |field: &tiny_http::Header| {
            (field.field.as_str().as_str().to_ascii_lowercase(), field.value.as_str().to_owned())
        };
        let headers: BTreeMap<String, String> = request.headers().iter().map(field).collect();
        let message = Message { method: request.method().to_string(), url, headers, body };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        provider.answer(&message, now)
    };
    match answer {
        Answer::Response(response) => respond(request, &response),
        Answer::Failure("timeout") => {
            std::thread::sleep(SILENCE);
            respond(
                request,
                &Response { status: 504, content_type: "text/plain".into(), location: None, body: String::new() },
            );
        }
        // Half a status line, then the end of the connection.
        Answer::Failure(_) => {
            let mut raw = request.into_writer();
            let _ = std::io::Write::write_all(&mut raw, b"HTTP/1.1");
        }
    }
}

fn respond(request: tiny_http::Request, response: &Response) {
    let mut fields = vec![("Content-Type", response.content_type.as_str()), ("Cache-Control", "no-store")];
    if let Some(location) = &response.location {
        fields.push(("Location", location));
    }
    let mut out = tiny_http::Response::from_string(response.body.as_str()).with_status_code(response.status);
    for (name, value) in fields {
        if let Ok(field) = tiny_http::Header::from_bytes(name, value) {
            out.add_header(field);
        }
    }
    // Whoever hung up does not want the answer any more.
    let _ = request.respond(out);
}
