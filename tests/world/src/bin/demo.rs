//! `cargo demo`: brings up WordPress with the plugin, a Logto tenant and DingTalk, for trying it in a browser.

use std::process::ExitCode;
use world::demo::{Demo, pictures};
use world::install;
use world::progress::say;
use world::providers::LOCAL_USER;
use world::wordpress::{Options, site::ADMIN};
use world::world::World;
use world::{Result, package, process};

const HELP: &str = "\
Brings up WordPress with the plugin, a Logto tenant and DingTalk on this machine, and prints what to try.

Usage: cargo demo [--once]

  --once   A headless browser signs a visitor in and out each way, leaves pictures in target/demo/, and everything ends
  --help   Print this

Installs what is missing on Debian. Everything listens on 127.0.0.1 and ends with Ctrl-C.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let once = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--once"] => true,
        ["--help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(once) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::stop_all();
            eprintln!("The demo failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(once: bool) -> Result<()> {
    process::end_on_signals()?;
    say("Brings up WordPress with the plugin, a Logto tenant and DingTalk on 127.0.0.1.");
    say(&install::announcement());
    // A picture of an earlier failure would mislead.
    drop(std::fs::remove_dir_all(pictures()));
    let package = package::build()?;
    let world = World::start()?;
    let demo = Demo::prepare(&world, &Options::default(), &package)?;
    if once {
        let visitor = world.browser("en-US")?;
        demo.visit(&visitor)?;
        demo.visit_dingtalk_alone(&visitor)?;
        demo.visit_in_the_app(&world)?;
        let log = demo.site.complaints();
        world::ensure!(log.is_empty(), "PHP had something to complain about:\n{log}");
        say(&format!("Pictures are in {}", pictures().display()));
        return Ok(());
    }
    print!("{}", instructions(&demo));
    for line in std::io::stdin().lines() {
        line?;
        match demo.visit_in_the_app(&world) {
            Ok(picture) => say(&format!("A picture is in {}", picture.display())),
            Err(error) => say(&format!("The app failed: {error:#}")),
        }
    }
    loop {
        std::thread::park();
    }
}

fn instructions(demo: &Demo) -> String {
    format!(
        "\n\
         The site      {site}/\n\
         Administrator {site}/wp-login.php?form=1\n\
         \x20             {ADMIN}, password {password}\n\
         Logto         {logto}\n\
         \x20             App ID {app_id}, App secret {app_secret}\n\
         \x20             account {user}, password {word}\n\
         DingTalk      {dingtalk}\n\
         \x20             Client ID {client}, Client Secret {client_secret}\n\
         \x20             accounts: choose one on its page, no password\n\
         \n\
         To try, each time from the site's front page, which greets you at the end and offers “Log out”:\n\
         - DingTalk through Logto: “Log in”, then “Continue with DingTalk”, and agree. With one click, the button\n\
         \x20 “DingTalk through Logto”, or {site}/wp-login.php?action=logto&direct_sign_in=social:dingtalk\n\
         - DingTalk alone, past Logto: the button “DingTalk alone”, or {site}/wp-login.php?action=logto&provider=dingtalk\n\
         - Inside the DingTalk app: press Enter here. The app, a browser without a window, opens the site and is\n\
         \x20 signed in without a question; a picture shows it.\n\
         - A password of Logto: “Log in”; the account above.\n\
         - WordPress's own login page, with the buttons above the form: {site}/wp-login.php?form=1\n\
         - As the administrator (in another browser or a private window) look at Logto › Settings and Users. To set up\n\
         \x20 the plugin by hand, choose “Disconnect from Logto” on Logto › Settings, then Logto › Set up with the values above.\n\
         \n\
         Ctrl-C ends everything.\n",
        site = demo.site.url,
        password = demo.site.password,
        logto = demo.logto.endpoint,
        app_id = demo.logto.app_id,
        app_secret = demo.logto.app_secret,
        dingtalk = demo.logto.dingtalk(),
        client = demo.logto.dingtalk_client().0,
        client_secret = demo.logto.dingtalk_client().1,
        user = LOCAL_USER.0,
        word = LOCAL_USER.1,
    )
}
