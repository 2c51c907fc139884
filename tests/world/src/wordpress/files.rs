//! WordPress's files in the versions that the plugin supports, as a normal self-contained folder each.

use super::packages::{self, Lists};
use crate::{Result, paths, progress};
use std::fs;
use std::path::{Path, PathBuf};

/// A line of WordPress versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// 6.1, the oldest supported, from Debian 12.
    V6_1,
    /// 6.8, from Debian 13.
    V6_8,
    /// 7.1, the newest, from Debian's next release.
    V7_1,
}

impl Version {
    /// The line's number.
    pub fn number(self) -> &'static str {
        match self {
            Self::V6_1 => "6.1",
            Self::V6_8 => "6.8",
            Self::V7_1 => "7.1",
        }
    }

    fn suites(self) -> &'static [&'static str] {
        match self {
            Self::V6_1 => &["bookworm"],
            Self::V6_8 => &["trixie"],
            Self::V7_1 => &["sid", "forky"],
        }
    }

    /// The theme that this version starts with.
    pub fn theme(self) -> &'static str {
        match self {
            Self::V6_1 => "twentytwentythree",
            Self::V6_8 | Self::V7_1 => "twentytwentyfive",
        }
    }
}

/// The folder with WordPress's files, fetched from Debian the first time.
pub fn require(version: Version) -> Result<PathBuf> {
    let _turn = paths::lock("wordpress")?;
    let folder = paths::state().join("wordpress").join(version.number());
    if !folder.exists() {
        progress::step(&format!("Fetching WordPress {} from Debian", version.number()), || fetch(version, &folder))?;
    }
    Ok(folder)
}

fn fetch(version: Version, folder: &Path) -> Result<()> {
    let apt = paths::state().join("apt").join(version.number());
    let lists = Lists::fetch(&apt, version.suites())?;
    let exact = lists.newest("wordpress", version.number())?;
    let theme = format!("wordpress-theme-{}", version.theme());
    let mut wanted = vec![format!("wordpress={exact}"), format!("{theme}={exact}")];
    wanted.extend(lists.dependencies("wordpress", &["libjs-", "libphp-", "php-getid3", "node-"])?);
    // The translations lag behind in Debian's development suites: take what there is.
    if lists.have("wordpress-l10n", &exact)? {
        wanted.push(format!("wordpress-l10n={exact}"));
    } else if let Ok(other) = lists.newest("wordpress-l10n", "") {
        wanted.push(format!("wordpress-l10n={other}"));
    }
    let tree = apt.join("tree");
    lists.unpack(&wanted, &tree)?;

    let unfinished = folder.with_extension(format!("{}-unfinished", std::process::id()));
    packages::resolve(&tree, &tree.join("usr/share/wordpress"), &unfinished)?;
    // Debian's configuration reads /etc/wordpress; a site gets its own.
    drop(fs::remove_file(unfinished.join("wp-config.php")));
    keep_chinese_only(&unfinished.join("wp-content/languages"))?;
    let bundle = unfinished.join("wp-includes/certificates/ca-bundle.crt");
    if !bundle.exists() {
        fs::copy("/etc/ssl/certs/ca-certificates.crt", bundle)?;
    }
    fs::rename(&unfinished, folder)?;
    fs::remove_dir_all(&apt)?;
    Ok(())
}

/// Of the hundred languages, the checks use Simplified Chinese; copying the others for every site would take long.
fn keep_chinese_only(languages: &Path) -> Result<()> {
    for entry in fs::read_dir(languages).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().contains("zh_CN") {
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}
