//! Debian packages of other suites, fetched and unpacked into a folder without touching the machine's package lists.

use crate::process::Program;
use crate::{Context, Result, anyhow, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Package lists of some suites of Debian, private to the world.
#[derive(Debug)]
pub struct Lists {
    folder: PathBuf,
}

impl Lists {
    /// Fetches the lists of the suites from the mirror that the machine itself uses.
    pub fn fetch(folder: &Path, suites: &[&str]) -> Result<Self> {
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let mirror = mirror().ok_or_else(|| {
            anyhow!(
                "found no Debian mirror in /etc/apt/sources.list and /etc/apt/sources.list.d to fetch WordPress from"
            )
        })?;
        let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
        let lines: Vec<String> =
            suites.iter().map(|suite| format!("deb [signed-by={keyring}] {mirror} {suite} main\n")).collect();
        let sources = lines.concat();
        fs::write(folder.join("sources.list"), sources)?;
        let lists = Self { folder: folder.to_path_buf() };
        lists.apt("apt-get").arg("update").output().context("cannot fetch the lists of Debian's packages")?;
        Ok(lists)
    }

    /// The newest version of a package that starts with a prefix.
    pub fn newest(&self, package: &str, prefix: &str) -> Result<String> {
        let table = self.apt("apt-cache").args(["madison", package]).output()?;
        // Madison lists the newest first.
        let versions = table.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
        let mut fitting = versions.filter(|version| version.starts_with(prefix));
        fitting.next().map(str::to_owned).ok_or_else(|| anyhow!("no suite has {package} {prefix}"))
    }

    /// Whether the lists have a package in exactly this version.
    pub fn have(&self, package: &str, version: &str) -> Result<bool> {
        let table = self.apt("apt-cache").args(["madison", package]).output()?;
        Ok(table.lines().filter_map(|line| line.split('|').nth(1)).any(|found| found.trim() == version))
    }

    /// A package's dependencies, and theirs, as far as their names start with one of the prefixes.
    pub fn dependencies(&self, package: &str, prefixes: &[&str]) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let mut open = vec![package.to_owned()];
        while let Some(package) = open.pop() {
            let text = self.apt("apt-cache").args(["show", "--no-all-versions", &package]).output()?;
            let depends = text.lines().find_map(|line| line.strip_prefix("Depends: ")).unwrap_or_default();
            for name in depends.split([',', '|']).filter_map(|entry| entry.split_whitespace().next()) {
                let name = name.trim_end_matches(":all").to_owned();
                if prefixes.iter().any(|prefix| name.starts_with(prefix)) && found.insert(name.clone()) {
                    open.push(name);
                }
            }
        }
        Ok(found)
    }

    /// Downloads packages, as `name` or `name=version`, and unpacks them into a folder.
    pub fn unpack(&self, packages: &[String], into: &Path) -> Result<()> {
        let downloads = self.folder.join("downloads");
        fs::create_dir_all(&downloads)?;
        fs::create_dir_all(into)?;
        for package in packages {
            self.apt("apt-get").arg("download").arg(package).folder(&downloads).output()?;
        }
        for entry in fs::read_dir(&downloads)? {
            Program::new("dpkg-deb").arg("-x").arg(entry?.path()).arg(into).output()?;
        }
        fs::remove_dir_all(&downloads)?;
        Ok(())
    }

    fn apt(&self, program: &str) -> Program {
        let place = self.folder.display();
        Program::new(program)
            .args(["-q", "-o", "Dir::Etc::sourceparts=-", "-o", "APT::Sandbox::User=", "-o", "Acquire::Languages=none"])
            .args(["-o", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false", "-o", "Dir::Cache::pkgcache="])
            // A mirror may stand still for weeks; the lists' signatures are checked all the same.
            .args(["-o", "Acquire::Check-Valid-Until=false"])
            .args(["-o", "Acquire::Retries=3", "-o", "APT::Update::Post-Invoke=", "-o", "Debug::NoLocking=1"])
            .args(["-o", &format!("Dir::Etc::sourcelist={place}/sources.list")])
            .args(["-o", &format!("Dir::State::lists={place}/lists"), "-o", &format!("Dir::Cache={place}/cache")])
            .env("LC_ALL", "C.UTF-8")
    }
}

/// The address of the Debian mirror that the machine's own sources name first.
fn mirror() -> Option<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    let parts = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten();
    files.extend(parts.map(|entry| entry.path()));
    let text: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let words = text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(str::split_whitespace);
    // Debian's archive is at …/debian on every mirror; security updates are at …/debian-security.
    let mut addresses =
        words.filter(|word| word.starts_with("http") && word.trim_end_matches('/').ends_with("/debian"));
    addresses.next().map(str::to_owned)
}

/// Copies a folder out of an unpacked tree, turning every symbolic link into what it points to *in that tree*.
pub fn resolve(tree: &Path, from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = follow(tree, entry.path())?;
        let copy = to.join(entry.file_name());
        match fs::metadata(&target) {
            Ok(kind) if kind.is_dir() => resolve(tree, &target, &copy)?,
            Ok(_) => drop(fs::copy(&target, &copy)?),
            // Debian keeps a few settings in /etc and certificates in /etc/ssl; a plain copy of WordPress has its own.
            Err(_) if !target.starts_with(tree.join("usr")) => {}
            Err(error) => return Err(error).with_context(|| format!("{} leads nowhere", entry.path().display())),
        }
    }
    Ok(())
}

/// Where a link leads, one hop after the other, with `/` meaning the tree.
fn follow(tree: &Path, mut path: PathBuf) -> Result<PathBuf> {
    for _ in 0..16 {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = match target.strip_prefix("/") {
            Ok(inside) => tree.join(inside),
            Err(_) => path.parent().unwrap_or(tree).join(target),
        };
    }
    ensure!(fs::read_link(&path).is_err(), "{} is a circle of links", path.display());
    Ok(path)
}
