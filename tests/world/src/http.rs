//! A small HTTP client for looking at the world's servers from outside a browser.

use crate::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Every header, names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body, read as UTF-8.
    pub body: String,
}

impl Answer {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// Fetches a page without following redirects. `authority` is the certificate to trust, in PEM, for https.
pub fn get(url: &str, headers: &[(&str, &str)], authority: Option<&str>) -> Result<Answer> {
    let mut request = agent(authority)?.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(request.call().with_context(|| format!("cannot fetch {url}"))?)
}

/// Sends a body without following redirects.
pub fn post(url: &str, content_type: &str, body: &str, authority: Option<&str>) -> Result<Answer> {
    let request = agent(authority)?.post(url).header("content-type", content_type);
    answer(request.send(body).with_context(|| format!("cannot post to {url}"))?)
}

/// Sends a form with further headers, without following redirects.
pub fn post_form(url: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Result<Answer> {
    let mut request = agent(None)?.post(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(request.send_form(form.iter().copied()).with_context(|| format!("cannot post to {url}"))?)
}

fn agent(authority: Option<&str>) -> Result<ureq::Agent> {
    let mut tls = ureq::tls::TlsConfig::builder();
    if let Some(pem) = authority {
        let certificate = ureq::tls::Certificate::from_pem(pem.as_bytes())?;
        tls = tls.root_certs(ureq::tls::RootCerts::Specific(vec![certificate].into()));
    }
    Ok(ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_mins(2)))
        .tls_config(tls.build())
        .proxy(None)
        .build()
        .into())
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    Ok(Answer { status: response.status().as_u16(), headers, body: response.body_mut().read_to_string()? })
}

/// A port on the loopback interface that nothing uses at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
