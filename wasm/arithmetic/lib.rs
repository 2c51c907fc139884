//! A module that computes what wasm/src/host.rs imports, with the crates that the native core uses. It is translated to PHP
//! like the core, for servers whose PHP has no OpenSSL or no libsodium.
//!
//! | export | |
//! |---|---|
//! | `allocate(length) -> address` | so many writable bytes, for an argument |
//! | `verify(scheme, key, message, signature) -> i32` | 1 if the signature is right |
//! | `is_key(scheme, key) -> i32` | 1 if the key is a point of its curve that signatures can be verified with |
//! | `rsa(key, signature, to) -> i32` | 1, and at `to` as many bytes as the signature has: the RSA operation of RFC 8017 §5.2.2 |
//!
//! Byte strings are address and length, in the forms that wasm/src/host.rs describes. An instance serves one call.

#![allow(unsafe_code)]

mod der;

use der::Key;
use logto_sign_in_signatures as signatures;
use logto_sign_in_signatures::Hash;
use std::slice::{from_raw_parts, from_raw_parts_mut};

/// Bytes at an address; none at all at 0.
///
/// # Safety
/// `address` is what [`allocate`] gave for `length`.
unsafe fn bytes<'a>(address: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: the caller vouches for the same.
    if address.is_null() { &[] } else { unsafe { from_raw_parts(address, length) } }
}

/// The address of `length` zeroed bytes; 0 when `length` is 0.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    if length == 0 { std::ptr::null_mut() } else { Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr() }
}

/// Whether a key made a signature.
///
/// # Safety
/// Each address is what [`allocate`] gave for its length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn verify(
    scheme: u32,
    key: *const u8,
    key_length: usize,
    message: *const u8,
    message_length: usize,
    signature: *const u8,
    signature_length: usize,
) -> u32 {
    // SAFETY: the caller vouches for the same.
    let (key, message, signature) =
        unsafe { (bytes(key, key_length), bytes(message, message_length), bytes(signature, signature_length)) };
    has_signed(scheme, key, message, signature).unwrap_or(false).into()
}

/// Whether a key of a curve is sound.
///
/// # Safety
/// As for [`verify`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn is_key(scheme: u32, key: *const u8, key_length: usize) -> u32 {
    // SAFETY: the caller vouches for the same.
    is_sound(scheme, unsafe { bytes(key, key_length) }).unwrap_or(false).into()
}

/// The signature to the power of the exponent, at `to`.
///
/// # Safety
/// As for [`verify`]; `to` is as long as the signature.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rsa(
    key: *const u8,
    key_length: usize,
    signature: *const u8,
    signature_length: usize,
    to: *mut u8,
) -> u32 {
    // SAFETY: the caller vouches for the same.
    let (key, signature) = unsafe { (bytes(key, key_length), bytes(signature, signature_length)) };
    let opened = match Key::read(key) {
        Some(Key::Rsa { n, e }) => signatures::rsa_power(n, e, signature),
        _ => None,
    };
    let Some(opened) = opened.filter(|opened| opened.len() == signature_length && !to.is_null()) else { return 0 };
    // SAFETY: the caller vouches for the length of `to`.
    unsafe { from_raw_parts_mut(to, signature_length) }.copy_from_slice(&opened);
    1
}

fn has_signed(scheme: u32, key: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
    let Some(hash) = hash(scheme) else { return Some(signatures::ed25519(key.try_into().ok()?, message, signature)) };
    Some(match Key::read(key)? {
        Key::Rsa { n, e } => signatures::rsa_pkcs1(hash, n, e, message, signature),
        Key::P256(point) => signatures::ecdsa_p256(point, message, &der::joined(signature, 32)?),
        Key::P384(point) => signatures::ecdsa_p384(point, message, &der::joined(signature, 48)?),
        Key::P521(point) => signatures::ecdsa_p521(point, message, &der::joined(signature, 66)?),
    })
}

fn is_sound(scheme: u32, key: &[u8]) -> Option<bool> {
    if hash(scheme).is_none() {
        return Some(signatures::is_ed25519_key(key.try_into().ok()?));
    }
    Some(match Key::read(key)? {
        Key::Rsa { n, e } => signatures::is_rsa_key(n, e),
        Key::P256(point) => signatures::is_on_p256(point),
        Key::P384(point) => signatures::is_on_p384(point),
        Key::P521(point) => signatures::is_on_p521(point),
    })
}

/// The hash function of a scheme of wasm/src/host.rs; Ed25519, which is 0, has its own.
const fn hash(scheme: u32) -> Option<Hash> {
    match scheme {
        1 => Some(Hash::Sha256),
        2 => Some(Hash::Sha384),
        3 => Some(Hash::Sha512),
        _ => None,
    }
}
