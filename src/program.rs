//! The native code of the program beside the library: a package holds the code once, in the program, and the library maps
//! it from there. The pages are those that the program runs, read-only and executable.
//!
//! Only the program of the same build will do. Its section of native code ends with the SHA-256 of that code, and the
//! library knows which one it was built with. A program of another version, or half of one, is refused.

#![allow(unsafe_code)]

use crate::native::{CORE_NATIVE_SHA256, CORE_SIZE, Precompiled, SECTION};
use object::read::{Object as _, ObjectSection as _, ReadCache};
use rustix::mm::{MapFlags, ProtFlags, mmap};
use std::ffi::{CStr, OsStr};
use std::fs::File;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::ptr::null_mut;

/// The program's name in each package.
const PROGRAM: &str = "logto-sign-in";

/// The core's code in the program beside this library.
///
/// # Errors
/// A text, without a program of this build beside the library, or where it may not be mapped.
pub(crate) fn core() -> Result<Precompiled, String> {
    let program = library()?.with_file_name(PROGRAM);
    map(&program).map_err(|cause| format!("{}: {cause}", program.display()))
}

/// The core's code in a program of this build. It stays mapped for as long as the process lives, as the library does.
fn map(program: &Path) -> Result<Precompiled, String> {
    let file = File::open(program).map_err(|cause| cause.to_string())?;
    let offset = code(&file)?;
    // Mappings begin at pages, whose size differs between machines; the code is aligned to 4 KiB.
    let page = u64::try_from(rustix::param::page_size()).map_err(|cause| cause.to_string())?;
    let ahead = usize::try_from(offset % page).map_err(|cause| cause.to_string())?;
    let (protection, flags) = (ProtFlags::READ | ProtFlags::EXEC, MapFlags::PRIVATE);
    // SAFETY: a new mapping where the kernel finds room: it replaces none, and nothing unmaps it.
    let start = unsafe { mmap(null_mut(), ahead + CORE_SIZE, protection, flags, &file, offset - offset % page) };
    let start = start.map_err(|cause| format!("cannot be mapped: {cause}"))?;
    // SAFETY: the code is that of this build, and stays mapped as the kernel was told.
    Ok(unsafe { Precompiled::core_at(start.cast::<u8>().wrapping_add(ahead)) })
}

/// Where the code of this build begins in a program's file.
fn code(file: &File) -> Result<u64, String> {
    let cache = ReadCache::new(file);
    let program = object::File::parse(&cache).map_err(|cause| cause.to_string())?;
    let section = program.section_by_name(SECTION).and_then(|section| section.file_range());
    let mut sha256 = [0; CORE_NATIVE_SHA256.len()];
    if let Some((offset, size)) = section
        && size == (CORE_SIZE + sha256.len()) as u64
        // The last bytes of the section: where they can be read, those before them are there too.
        && file.read_exact_at(&mut sha256, offset + CORE_SIZE as u64).is_ok()
        && sha256 == *CORE_NATIVE_SHA256.as_bytes()
    {
        return Ok(offset);
    }
    Err("is not of the same version as the library; upload the plugin's files again".to_owned())
}

/// The file that this code was loaded from.
fn library() -> Result<PathBuf, String> {
    let mut found = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: the function writes only to the place that is ours, and fills it when it succeeds; the name that it gives
    // ends with a zero and stays for as long as the library is loaded.
    let name = unsafe {
        if libc::dladdr(library as *const libc::c_void, found.as_mut_ptr()) == 0 {
            return Err("the loader does not know where the library is".to_owned());
        }
        CStr::from_ptr(found.assume_init().dli_fname)
    };
    Ok(PathBuf::from(OsStr::from_bytes(name.to_bytes())))
}
