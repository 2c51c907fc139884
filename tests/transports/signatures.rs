//! Project Wycheproof's signatures as the translated core hands them to PHP (wasm/src/jose/imported.rs).

use simulator::figures;
use simulator::wycheproof::{self, Case};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// One of so many cases, where PHP has no extension and the translated arithmetic verifies.
const PART: usize = 200;

/// PHP's own libraries, on every case.
pub fn by_extensions(engine: &Path) {
    judge(engine, "", &cases(1), "by OpenSSL and libsodium in PHP");
}

/// The translated arithmetic, on a part.
pub fn by_translation(engine: &Path) {
    judge(
        engine,
        "openssl_verify,sodium_crypto_sign_verify_detached",
        &cases(PART),
        "by the translated arithmetic in PHP",
    );
}

/// ECDSA, Ed25519 and RSASSA-PKCS1-v1_5. PHP sees nothing of RSASSA-PSS but numbers: the core reads its padding itself.
fn cases(part: usize) -> Vec<Case> {
    let all = [wycheproof::ecdsa(), wycheproof::ed25519(), wycheproof::pkcs1()].concat();
    // Of the others, the core itself refuses the key, or the length of the signature.
    let reaches_php = |case: &Case| length(case).is_some_and(|length| case.signature.len() == length);
    all.into_iter().filter(reaches_php).step_by(part).collect()
}

/// How long a signature of this key is (RFC 7518 §3.3, §3.4, RFC 8037 §3.1); nothing for a key that the core has no use for.
fn length(case: &Case) -> Option<usize> {
    match case.jwk["crv"].as_str().unwrap_or("RSA") {
        "P-256" | "Ed25519" => Some(64),
        "P-384" => Some(96),
        "P-521" => Some(132),
        "RSA" => {
            // Four characters of base64url are three bytes.
            let length = case.jwk["n"].as_str()?.trim_start_matches("AA").len() * 3 / 4;
            [256, 384, 512].into_iter().find(|known| length.abs_diff(*known) < 2)
        }
        _ => None,
    }
}

fn judge(engine: &Path, without: &str, cases: &[Case], of: &str) {
    let mut php = Command::new("php")
        .args(["-d", "memory_limit=512M", "-d", &format!("disable_functions={without}")])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transports/signatures.php"))
        .arg(engine)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("PHP starts");
    let mut input = php.stdin.take().expect("piped");
    let lines: Vec<String> = cases.iter().map(line).collect();
    let writer = thread::spawn(move || lines.iter().all(|line| input.write_all(line.as_bytes()).is_ok()));
    let replies: Vec<String> =
        BufReader::new(php.stdout.take().expect("piped")).lines().map(|line| line.expect("a reply")).collect();
    assert!(writer.join().expect("written") && php.wait().expect("ended").success());

    assert_eq!(replies.len(), cases.len());
    let is_wrong = |(case, reply): &(&Case, &String)| reply.as_str() != if case.is_accepted { "1 1" } else { "1 0" };
    let wrong: Vec<String> = cases
        .iter()
        .zip(&replies)
        .filter(is_wrong)
        .map(|(case, reply)| format!("{} {}: {reply}", case.suite, case.number))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let accepted = figures::count(cases.iter().filter(|case| case.is_accepted).count());
    let tried = figures::count(cases.len());
    let counts = [("tried", tried), ("accepted", accepted), ("refused", tried - accepted)];
    figures::tell("public vectors", &format!("Wycheproof: {of}"), &counts);
}

/// The scheme, and key, message and signature in hex.
fn line(case: &Case) -> String {
    let is_ed25519 = case.algorithm == "EdDSA";
    let scheme = match &case.algorithm[2..] {
        "256" => 1,
        "384" => 2,
        "512" => 3,
        _ => 0,
    };
    // The last bytes of a SubjectPublicKeyInfo of Ed25519 are the key (RFC 8410 §4).
    let key = if is_ed25519 { &case.info[case.info.len() - 32..] } else { &case.info };
    let signature = if case.algorithm.starts_with("ES") { der(&case.signature) } else { case.signature.clone() };
    format!("{scheme} {} {} {}\n", hex(key), hex(&case.message), hex(&signature))
}

/// `r || s` as a sequence of two integers (RFC 3279 §2.2.3).
fn der(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    element(0x30, &[integer(r), integer(s)].concat())
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let digits = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let is_negative = digits.first().is_none_or(|byte| byte & 0x80 != 0);
    element(0x02, &[if is_negative { &[0_u8][..] } else { &[] }, digits].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("the integers of P-521 take 138 bytes");
    let head = if length < 0x80 { vec![tag, length] } else { vec![tag, 0x81, length] };
    [head, content.to_vec()].concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
