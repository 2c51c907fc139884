//! The world's own certificate authority, and the certificates that it signs for servers on this machine.

use crate::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use std::fs;
use std::path::{Path, PathBuf};

/// A certificate authority that only this world's clients trust.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: PathBuf,
    folder: PathBuf,
}

/// A server's certificate and key, as files in PEM.
#[derive(Clone, Debug)]
pub struct ServerCertificate {
    /// The certificate.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

impl Authority {
    /// Creates an authority with a new key, and keeps its files in a folder.
    pub fn create(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Logto Sign-In test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = folder.join("authority.pem");
        fs::write(&certificate, params.self_signed(&key)?.pem()).context("cannot write the authority's certificate")?;
        Ok(Self { issuer: Issuer::new(params, key), certificate, folder: folder.to_path_buf() })
    }

    /// The authority's certificate in PEM.
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// Signs a certificate for the given names and addresses.
    pub fn sign(&self, file_name: &str, names: &[&str]) -> Result<ServerCertificate> {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, file_name);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate()?;
        let signed = params.signed_by(&key, &self.issuer)?;
        let files = ServerCertificate {
            certificate: self.folder.join(format!("{file_name}.pem")),
            key: self.folder.join(format!("{file_name}.key")),
        };
        fs::write(&files.certificate, signed.pem())?;
        fs::write(&files.key, key.serialize_pem())?;
        Ok(files)
    }
}
