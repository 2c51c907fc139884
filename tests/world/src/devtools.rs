//! Chromium's own protocol, for what `WebDriver` has no words for: scripts that run before a page's own, and what
//! they call.

use crate::{Context, Result, anyhow, bail, http};
use serde_json::{Value, json};
use std::net::TcpStream;
use tungstenite::{Message, WebSocket};

/// A connection to the page of a browser. It ends with the browser.
pub(crate) struct Devtools {
    socket: WebSocket<TcpStream>,
    sent: u64,
}

impl Devtools {
    /// Attaches to the page of the browser that answers at `address`, a host and port.
    pub(crate) fn attach(address: &str) -> Result<Self> {
        let targets: Value = serde_json::from_str(&http::get(&format!("http://{address}/json/list"), &[], None)?.body)?;
        let page = targets.as_array().and_then(|targets| targets.iter().find(|target| target["type"] == "page"));
        let url = page.and_then(|page| page["webSocketDebuggerUrl"].as_str()).context("the browser has no page")?;
        let (socket, _) = tungstenite::client(url, TcpStream::connect(address)?)
            .map_err(|error| anyhow!("cannot attach to the browser: {error}"))?;
        Ok(Self { socket, sent: 0 })
    }

    /// Calls a method and waits for its result. Events that come before it are lost.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        let id = self.send(method, parameters)?;
        loop {
            let mut message = self.read()?;
            if message["id"] == id {
                if message["error"].is_object() {
                    bail!("{method}: {}", message["error"]);
                }
                return Ok(message["result"].take());
            }
        }
    }

    /// Calls a method without waiting for its result.
    pub(crate) fn send(&mut self, method: &str, parameters: &Value) -> Result<u64> {
        self.sent += 1;
        let message = json!({ "id": self.sent, "method": method, "params": parameters });
        self.socket.send(Message::text(message.to_string()))?;
        Ok(self.sent)
    }

    /// Waits for an event and gives its parameters.
    pub(crate) fn event(&mut self, name: &str) -> Result<Value> {
        loop {
            let mut message = self.read()?;
            if message["method"] == name {
                return Ok(message["params"].take());
            }
        }
    }

    fn read(&mut self) -> Result<Value> {
        loop {
            if let Message::Text(text) = self.socket.read()? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }
}
