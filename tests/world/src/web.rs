//! nginx in front of one site, on the loopback interface.

use crate::Result;
use crate::authority::ServerCertificate;
use crate::paths::RunFolder;
use crate::process::{Program, Service};
use std::fmt::Write;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// What nginx serves.
#[derive(Debug)]
pub struct Front<'a> {
    /// A name for its files.
    pub name: &'a str,
    /// The port on the loopback interface.
    pub port: u16,
    /// The folder that `/` means.
    pub documents: &'a Path,
    /// The path of WordPress under it: empty, or like `/blog`.
    pub directory: &'a str,
    /// Whether WordPress has more sites, each below a name that is no folder.
    pub network: bool,
    /// The socket of the PHP pool.
    pub php: &'a Path,
    /// The certificate, for https.
    pub certificate: Option<&'a ServerCertificate>,
}

/// Starts nginx for one site.
pub fn start(folder: &RunFolder, front: &Front<'_>) -> Result<Service> {
    let private = folder.path(format!("nginx-{}", front.name));
    fs::create_dir_all(&private)?;
    let file = private.join("nginx.conf");
    fs::write(&file, configuration(front, &private)?)?;
    let mut server = Program::new("/usr/sbin/nginx")
        .arg("-e")
        .arg(private.join("error.log"))
        .arg("-c")
        .arg(&file)
        .service(&private.join("nginx.out"))?;
    server.wait_until(Duration::from_secs(30), |_| TcpStream::connect((Ipv4Addr::LOCALHOST, front.port)).ok())?;
    Ok(server)
}

fn configuration(front: &Front<'_>, private: &Path) -> Result<String> {
    let mut config = String::new();
    if rustix::process::geteuid().is_root() {
        config.push_str("user root;\n");
    }
    let (tls, parameter) = match front.certificate {
        Some(files) => (
            format!("ssl_certificate {}; ssl_certificate_key {};", files.certificate.display(), files.key.display()),
            " ssl",
        ),
        None => (String::new(), ""),
    };
    // As WordPress's handbook has it: a network's files are the first site's.
    let network = if front.network {
        format!(
            "if (!-e $request_filename) {{ rewrite ^{directory}/[^/]+(/wp-.*)$ {directory}$1 last;\n\
             rewrite ^{directory}/[^/]+(/.*\\.php)$ {directory}$1 last; }}\n",
            directory = front.directory,
        )
    } else {
        String::new()
    };
    let place = private.display();
    write!(
        config,
        "daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error.log warn;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n\
         include /etc/nginx/mime.types; default_type application/octet-stream; client_max_body_size 128m;\n\
         access_log {place}/access.log; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;\n\
         fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;\n\
         server {{\n\
         listen 127.0.0.1:{port}{parameter}; {tls}\n\
         server_name 127.0.0.1 localhost; root {documents}; index index.php; absolute_redirect off;\n\
         {network}\
         location {directory}/ {{ try_files $uri $uri/ {directory}/index.php?$args; }}\n\
         location ~ \\.php$ {{\n\
         try_files $uri =404; include /etc/nginx/fastcgi_params; fastcgi_read_timeout 120s;\n\
         fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_param HTTP_PROXY \"\";\n\
         fastcgi_param HTTP_HOST $http_host;\n\
         fastcgi_buffer_size 64k; fastcgi_buffers 8 64k; fastcgi_pass unix:{php};\n\
         }}\n}}\n}}\n",
        port = front.port,
        documents = front.documents.display(),
        directory = front.directory,
        php = front.php.display(),
    )?;
    Ok(config)
}
