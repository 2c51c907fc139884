//! The proxies that a site may be between: one in front of it that ends TLS, and one that its own requests go through. And one
//! that gives a provider https.

use crate::authority::ServerCertificate;
use crate::paths::RunFolder;
use crate::process::{Program, Service};
use crate::wordpress::Site;
use crate::{Result, http};
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Both, as one nginx.
#[derive(Debug)]
pub struct Proxies {
    /// Where visitors reach the site, over https. The site itself is told by `X-Forwarded-Proto`.
    pub address: String,
    /// The port of the proxy for the site's own requests, on the loopback interface.
    pub forward_port: u16,
    forwarded: PathBuf,
    _nginx: Service,
}

impl Proxies {
    pub(crate) fn start(site: &Site, run: &RunFolder, certificate: &ServerCertificate) -> Result<Self> {
        let folder = run.path("nginx-proxies");
        let (port, forward_port) = (http::free_port()?, http::free_port()?);
        let forwarded = folder.join("forwarded.log");
        let servers = format!(
            "server {{\n\
             listen 127.0.0.1:{port} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};\n\
             location / {{ proxy_pass {site}; proxy_set_header Host $http_host;\n\
             proxy_set_header X-Forwarded-Proto $scheme; proxy_buffer_size 64k; proxy_buffers 8 64k; }}\n}}\n\
             server {{\n\
             listen 127.0.0.1:{forward_port}; access_log {forwarded};\n\
             location / {{ proxy_pass http://$http_host; }}\n}}\n",
            certificate = certificate.certificate.display(),
            key = certificate.key.display(),
            site = site.url,
            forwarded = forwarded.display(),
        );
        let nginx = start(&folder, &servers, port)?;
        Ok(Self { address: format!("https://localhost:{port}"), forward_port, forwarded, _nginx: nginx })
    }

    /// The requests that the site sent through its proxy, a line each.
    pub fn forwarded(&self) -> Result<String> {
        Ok(fs::read_to_string(&self.forwarded)?)
    }
}

/// An nginx that ends TLS in front of a server.
#[derive(Debug)]
pub struct HttpsFront {
    /// Its address, which begins with `https://`.
    pub address: String,
    _nginx: Service,
}

impl HttpsFront {
    pub(crate) fn start(server: &str, run: &RunFolder, certificate: &ServerCertificate) -> Result<Self> {
        let port = http::free_port()?;
        let folder = run.path(format!("nginx-https-{port}"));
        let server = format!(
            "server {{\n\
             listen 127.0.0.1:{port} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};\n\
             location / {{ proxy_pass {server}; proxy_set_header Host $http_host; }}\n}}\n",
            certificate = certificate.certificate.display(),
            key = certificate.key.display(),
        );
        let nginx = start(&folder, &server, port)?;
        Ok(Self { address: format!("https://localhost:{port}"), _nginx: nginx })
    }
}

/// Starts nginx with these servers in a folder of its own; it is ready once it listens on the port.
fn start(folder: &Path, servers: &str, port: u16) -> Result<Service> {
    fs::create_dir_all(folder)?;
    let configuration = format!(
        "daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error.log warn;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n\
         access_log off; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;\n\
         fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;\n\
         {servers}}}\n",
        place = folder.display(),
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration)?;
    let mut nginx = Program::new("/usr/sbin/nginx")
        .arg("-e")
        .arg(folder.join("error.log"))
        .arg("-c")
        .arg(&file)
        .service(&folder.join("nginx.out"))?;
    nginx.wait_until(Duration::from_secs(30), |_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())?;
    Ok(nginx)
}
