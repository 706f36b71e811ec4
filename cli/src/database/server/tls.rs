//! TLS as libpq has it: `sslmode`, `sslrootcert`, and a certificate of the client.

use super::address::Address;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tablature::postgres::config::{Host, SslMode};
use tablature::postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How a connection is encrypted.
#[derive(Clone)]
pub(super) enum Tls {
    /// Not at all.
    Off,
    /// With what `sslmode` and its kin say.
    On(MakeRustlsConnect),
}

/// What is known of the server afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    /// Nothing: `prefer` and `require`.
    Nothing,
    /// That its certificate is signed by a root that is trusted: `verify-ca`.
    Signature,
    /// Also that it is for the host: `verify-full`.
    Host,
}

impl Tls {
    /// Reads what an address says, and says it to the client.
    pub(super) fn read(address: &Address, config: &mut Config) -> Result<Tls, String> {
        let is_socket = |host: &Host| !matches!(host, Host::Tcp(_));
        let is_local = match config.get_hosts() {
            [] => config.get_hostaddrs().is_empty(),
            hosts => hosts.iter().all(is_socket),
        };
        let mode = address.option("sslmode");
        let root = address.option("sslrootcert");
        let mode = mode.as_deref().unwrap_or(match root.as_deref() {
            Some("system") => "verify-full",
            _ => "prefer",
        });
        let (ssl_mode, check) = match mode {
            "disable" => (SslMode::Disable, Check::Nothing),
            "allow" | "prefer" => (SslMode::Prefer, Check::Nothing),
            // As libpq does, for the sake of those who have given a root.
            "require" if root.is_some() => (SslMode::Require, Check::Signature),
            "require" => (SslMode::Require, Check::Nothing),
            "verify-ca" => (SslMode::Require, Check::Signature),
            "verify-full" => (SslMode::Require, Check::Host),
            other => {
                return Err(format!(
                    "`sslmode` cannot be `{other}`: it is disable, allow, prefer, require, verify-ca or verify-full"
                ));
            }
        };
        if is_local || ssl_mode == SslMode::Disable {
            // A socket is not encrypted, whatever is asked for.
            config.ssl_mode(SslMode::Disable);
            return Ok(Tls::Off);
        }
        config.ssl_mode(ssl_mode);
        let provider = Arc::new(ring::default_provider());
        let trusted = match check {
            Check::Nothing => Trusted::default(),
            Check::Signature | Check::Host => Trusted::read(root.as_deref())?,
        };
        let verifier = Verifier {
            check,
            trusted,
            provider: Arc::clone(&provider),
        };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let pair = (address.option("sslcert"), address.option("sslkey"));
        let client = match pair {
            (Some(certificate), Some(key)) => {
                let key = PrivateKeyDer::from_pem_file(&key)
                    .map_err(|error| format!("cannot read the key {key}: {error}"))?;
                builder
                    .with_client_auth_cert(certificates(Path::new(&certificate))?, key)
                    .map_err(|error| format!("the certificate {certificate}: {error}"))?
            }
            (None, None) => builder.with_no_client_auth(),
            (Some(_), None) | (None, Some(_)) => {
                return Err("`sslcert` and `sslkey` go together".to_owned());
            }
        };
        Ok(Tls::On(MakeRustlsConnect::new(client)))
    }

    /// Connects.
    pub(super) fn connect(&self, config: &Config) -> Result<Client, tablature::postgres::Error> {
        match self {
            Tls::Off => config.connect(NoTls),
            Tls::On(tls) => config.connect(tls.clone()),
        }
    }
}

/// The roots that are trusted.
#[derive(Debug)]
struct Trusted {
    store: RootCertStore,
    /// The certificates themselves: a server may show one of them as its own.
    all: Vec<CertificateDer<'static>>,
}

impl Default for Trusted {
    fn default() -> Self {
        Trusted {
            store: RootCertStore::empty(),
            all: Vec::new(),
        }
    }
}

impl Trusted {
    /// Those of a file, or of the system where it is `system` or there is none.
    fn read(root: Option<&str>) -> Result<Trusted, String> {
        let path = match root {
            Some("system") => None,
            Some(path) => Some(PathBuf::from(path)),
            None => usual(),
        };
        let all = match path {
            Some(path) => certificates(&path)?,
            None => {
                let found = rustls_native_certs::load_native_certs();
                if found.certs.is_empty() {
                    return Err(
                        "no root certificates are trusted on this system: name a file with `sslrootcert`"
                            .to_owned(),
                    );
                }
                found.certs
            }
        };
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(all.iter().cloned());
        Ok(Trusted { store, all })
    }
}

/// The file that libpq looks for.
fn usual() -> Option<PathBuf> {
    let path = match cfg!(windows) {
        true => Path::new(&env::var_os("APPDATA")?).join("postgresql/root.crt"),
        false => Path::new(&env::var_os("HOME")?).join(".postgresql/root.crt"),
    };
    path.exists().then_some(path)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let failed =
        |reason: String| format!("cannot read certificates from {}: {reason}", path.display());
    let read = CertificateDer::pem_file_iter(path).map_err(|error| failed(error.to_string()))?;
    let all: Result<Vec<_>, _> = read.collect();
    let all = all.map_err(|error| failed(error.to_string()))?;
    match all.is_empty() {
        true => Err(failed("it has none".to_owned())),
        false => Ok(all),
    }
}

/// What is asked of a server's certificate.
#[derive(Debug)]
struct Verifier {
    check: Check,
    trusted: Trusted,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.check == Check::Nothing {
            return Ok(ServerCertVerified::assertion());
        }
        let parsed = ParsedCertificate::try_from(certificate)?;
        // One that has signed itself is trusted as it is.
        if !self.trusted.all.iter().any(|root| root == certificate) {
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(
                &parsed,
                &self.trusted.store,
                intermediates,
                now,
                algorithms,
            )?;
        }
        if self.check == Check::Host {
            verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}
