//! temporary probe
use world::world::World; use world::{Result, wordpress::Options};
fn main() -> Result<()> {
    world::process::end_on_signals()?;
    let w = World::start()?;
    let site = w.site(&Options::default())?;
    let logto = w.logto()?;
    let b = w.browser("en-US")?;
    b.goto(&format!("{}/wp-login.php", site.url))?;
    b.fill("#user_login", "admin")?; b.fill("#user_pass", &site.password)?; b.follow("#wp-submit")?;
    println!("{} {}", b.url()?, logto.endpoint);
    b.screenshot("/tmp/t-world/probe/a.png".as_ref())?;
    println!("{}", site.debug_log());
    drop(b);
    for (v, https) in [(world::wordpress::Version::V6_8,false),(world::wordpress::Version::V6_1,true)] {
      let s = w.site(&Options{version:v, https, directory:"/blog", pool: world::php::Pool::Ffi, language:"zh_CN", ..Options::default()})?;
      let b = w.browser("zh-CN")?;
      b.goto(&format!("{}/wp-login.php", s.url))?;
      println!("{} {}", s.url, b.text()?);
      println!("{}", s.debug_log());
    }
    Ok(())
}
