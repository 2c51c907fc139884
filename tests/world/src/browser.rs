//! A browser that a test drives like a person: by texts, labels and buttons, waiting for what it expects to see.

use crate::{Context, Result, anyhow, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use std::fs;
use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long a browser waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(30);

/// One browser with its own profile. Dropping it closes it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    runtime: Runtime,
}

/// A cookie as the browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// The path that it is sent to.
    pub path: String,
    /// Whether scripts cannot read it.
    pub http_only: bool,
    /// Whether it is sent over https only.
    pub secure: bool,
    /// `Lax`, `Strict` or `None`, where given.
    pub same_site: Option<String>,
}

impl Browser {
    pub(crate) fn connect(driver: &str, capabilities: Value) -> Result<Self> {
        let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let connecting =
            async { Client::with_capabilities_and_connector(driver, &capabilities, HttpConnector::new()).await };
        let client = runtime.block_on(connecting).context("cannot start Chromium")?;
        Ok(Self { client, runtime })
    }

    /// Where Chromium's own protocol is spoken: a host and port.
    pub(crate) fn debugger(&self) -> Result<String> {
        let address =
            self.client.capabilities().and_then(|all| all.get("goog:chromeOptions")?["debuggerAddress"].as_str());
        Ok(address.context("the browser names no debugger")?.to_owned())
    }

    fn run<T, E: Into<anyhow::Error>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T> {
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE * 3, work).await })?.map_err(Into::into)
    }

    /// Opens a page.
    pub fn goto(&self, url: &str) -> Result<()> {
        self.run(self.client.goto(url)).with_context(|| format!("cannot open {url}"))
    }

    /// The address of the page shown.
    pub fn url(&self) -> Result<String> {
        Ok(self.run(self.client.current_url())?.to_string())
    }

    /// The title of the page shown.
    pub fn title(&self) -> Result<String> {
        self.run(self.client.title())
    }

    /// The text that a person sees on the page.
    pub fn text(&self) -> Result<String> {
        self.text_of("body")
    }

    /// The text that a person sees in the first element that a CSS selector finds.
    pub fn text_of(&self, css: &str) -> Result<String> {
        let element = self.find(Locator::Css(css), css)?;
        self.run(element.text())
    }

    /// The texts of all elements that a CSS selector finds now.
    pub fn texts_of(&self, css: &str) -> Result<Vec<String>> {
        let elements = self.run(self.client.find_all(Locator::Css(css)))?;
        elements.into_iter().map(|element| self.run(element.text())).collect()
    }

    /// The page's markup.
    pub fn source(&self) -> Result<String> {
        self.run(self.client.source())
    }

    /// How many elements a CSS selector finds now.
    pub fn count(&self, css: &str) -> Result<usize> {
        Ok(self.run(self.client.find_all(Locator::Css(css)))?.len())
    }

    /// An attribute or property of the first element that a CSS selector finds, as in `value` or `href`.
    pub fn property(&self, css: &str, name: &str) -> Result<Option<String>> {
        let element = self.find(Locator::Css(css), css)?;
        self.run(element.prop(name))
    }

    /// Clicks the first element that a CSS selector finds.
    pub fn click(&self, css: &str) -> Result<()> {
        self.press(Locator::Css(css), css)
    }

    /// Clicks a link or button by its text or accessible name.
    pub fn click_text(&self, text: &str) -> Result<()> {
        let words = quoted(text);
        let xpath = format!(
            "(//a|//button|//*[@role='button']|//summary|//label)[normalize-space(.)={words} or @aria-label={words}]\
             |//input[(@type='submit' or @type='button') and @value={words}]"
        );
        self.press(Locator::XPath(&xpath), text)
    }

    /// Presses the Tab key, and gives the id of what has the focus then.
    pub fn press_tab(&self) -> Result<String> {
        let focused = self.run(self.client.active_element())?;
        self.run(focused.send_keys("\u{E004}"))?;
        Ok(self.execute("return document.activeElement.id")?.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks and waits until the page has changed.
    pub fn follow(&self, css: &str) -> Result<()> {
        self.execute("window.stillTheOldPage = true")?;
        self.click(css)?;
        self.wait_until(&format!("a new page after clicking {css}"), |browser| {
            let fresh = browser.execute("return !window.stillTheOldPage && document.readyState === 'complete'")?;
            Ok((fresh == Value::Bool(true)).then_some(()))
        })
    }

    fn press(&self, locator: Locator<'_>, name: &str) -> Result<()> {
        self.wait_until(&format!("something to click: {name}"), |browser| {
            for element in browser.run(browser.client.find_all(locator))? {
                if browser.run(element.is_displayed())? {
                    browser.run(element.click())?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
    }

    /// Agrees to the question that the page asks in a dialog: what it asked.
    pub fn accept_dialog(&self) -> Result<String> {
        let question = self.run(self.client.get_alert_text()).context("the page asks nothing")?;
        self.run(self.client.accept_alert())?;
        Ok(question)
    }

    /// Types into the field that a CSS selector finds, replacing what it holds.
    pub fn fill(&self, css: &str, value: &str) -> Result<()> {
        let field = self.find(Locator::Css(css), css)?;
        self.run(async {
            field.clear().await?;
            field.send_keys(value).await
        })
        .with_context(|| format!("cannot type into {css}"))
    }

    /// Chooses the option with a value in the list that a CSS selector finds.
    pub fn choose(&self, css: &str, value: &str) -> Result<()> {
        let list = self.find(Locator::Css(css), css)?;
        self.run(list.select_by_value(value)).with_context(|| format!("{css} does not offer {value}"))
    }

    /// Chooses a file in the file field that a CSS selector finds.
    pub fn choose_file(&self, css: &str, file: &Path) -> Result<()> {
        let field = self.find(Locator::Css(css), css)?;
        self.run(field.send_keys(&file.display().to_string()))
    }

    /// Runs a script in the page.
    pub fn execute(&self, script: &str) -> Result<Value> {
        self.run(self.client.execute(script, Vec::new()))
    }

    /// Runs a script in the page that hands its answer to its last argument, a function, when it has one.
    pub fn execute_async(&self, script: &str) -> Result<Value> {
        self.run(self.client.execute_async(script, Vec::new()))
    }

    /// The cookies that the browser would send to the page shown.
    pub fn cookies(&self) -> Result<Vec<Cookie>> {
        let cookies = self.run(self.client.get_all_cookies())?;
        let own = cookies.into_iter().map(|cookie| Cookie {
            name: cookie.name().to_owned(),
            value: cookie.value().to_owned(),
            path: cookie.path().unwrap_or("/").to_owned(),
            http_only: cookie.http_only().unwrap_or_default(),
            secure: cookie.secure().unwrap_or_default(),
            same_site: cookie.same_site().map(|value| value.to_string()),
        });
        Ok(own.collect())
    }

    /// Forgets the cookies of the page shown.
    pub fn forget_cookies(&self) -> Result<()> {
        self.run(self.client.delete_all_cookies())
    }

    /// Saves a picture of the page.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let picture = self.run(self.client.screenshot())?;
        fs::write(file, picture).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Goes on in the window that a page has opened.
    pub fn enter_new_window(&self) -> Result<()> {
        let known = self.run(self.client.window())?;
        let opened = self.wait_until("a new window", |browser| {
            let windows = browser.run(browser.client.windows())?;
            Ok(windows.into_iter().find(|window| *window != known))
        })?;
        self.run(self.client.switch_to_window(opened))
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.run(self.client.set_window_size(width, height))
    }

    /// Waits until an element exists.
    pub fn wait_for(&self, css: &str) -> Result<()> {
        self.find(Locator::Css(css), css).map(drop)
    }

    /// Waits until the page shows a text.
    pub fn wait_for_text(&self, text: &str) -> Result<()> {
        self.wait_until(&format!("the text {text:?}"), |browser| {
            let shown = browser.execute("return document.body ? document.body.innerText : ''")?;
            Ok(shown.as_str().is_some_and(|shown| shown.contains(text)).then_some(()))
        })
    }

    /// Waits until the address starts with a text.
    pub fn wait_for_url(&self, start: &str) -> Result<()> {
        self.wait_until(&format!("an address that starts with {start}"), |browser| {
            Ok(browser.url()?.starts_with(start).then_some(()))
        })
    }

    /// Waits until a condition holds. A page that changes meanwhile is no failure; time running out is.
    pub fn wait_until<T>(&self, what: &str, mut ready: impl FnMut(&Self) -> Result<Option<T>>) -> Result<T> {
        let begun = Instant::now();
        loop {
            let attempt = ready(self);
            match attempt {
                Ok(Some(value)) => return Ok(value),
                Err(error) if begun.elapsed() > PATIENCE => return Err(error.context(self.lost(what))),
                Ok(None) | Err(_) => {}
            }
            if begun.elapsed() > PATIENCE {
                return Err(anyhow!(self.lost(what)));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn lost(&self, what: &str) -> String {
        let url = self.url().unwrap_or_default();
        let text = self.execute("return document.body ? document.body.innerText : ''").unwrap_or_default();
        let text: String = text.as_str().unwrap_or_default().chars().take(1500).collect();
        format!("waited {} s for {what}; the browser shows {url}:\n{text}", PATIENCE.as_secs())
    }

    fn find(&self, locator: Locator<'_>, name: &str) -> Result<Element> {
        self.wait_until(&format!("an element {name}"), |browser| Ok(browser.run(browser.client.find(locator)).ok()))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.run(self.client.clone().close()));
    }
}

/// A text as a literal of `XPath` 1.0, which knows no escapes.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
