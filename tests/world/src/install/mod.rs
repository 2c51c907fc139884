//! Installs what the machine lacks: Debian packages, npm packages and cargo's tools. Quick when nothing is missing.

pub mod cargo_tools;
pub mod compiler;
pub mod debian;
pub mod node;

/// What a command is about to install and compile, in one sentence, so that nobody wonders at the first minutes.
#[must_use]
pub fn announcement() -> String {
    let npm = (!node::are_installed("providers")).then(|| "npm packages for the providers".to_owned());
    let lacking: Vec<String> = debian::announcement().into_iter().chain(npm).collect();
    let first = if lacking.is_empty() {
        "Everything is installed already.".to_owned()
    } else {
        format!("This machine lacks {}. They are installed without a question.", lacking.join(" and "))
    };
    format!("{first} The plugin is compiled when its sources have changed, which takes some minutes the first time.")
}
