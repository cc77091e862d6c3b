use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// A part with its version, `Safari 17.0`.
fn named(name: &str, version: Option<&str>) -> String {
    [Some(name), version].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn rh_098_rh_100_rh_101_what_clients_are() {
    const KIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
    const IOS_KIT: &str = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    let windows = format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT}");
    let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
    let iphone = format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) {IOS_KIT}");
    let android = |model: &str| format!("Mozilla/5.0 (Linux; Android 14; {model}) {KIT}");
    for (text, browser, engine, os, device, cpu) in [
        (format!("{windows} Chrome/140.0.0.0 Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Windows 10", "", "amd64"),
        (format!("{windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.3485.54"), "Edge 140.0.3485.54", "Blink 140.0.0.0", "Windows 10", "", "amd64"),
        (format!("{windows} Chrome/138.0.0.0 Safari/537.36 OPR/122.0.0.0"), "Opera 122.0.0.0", "Blink 138.0.0.0", "Windows 10", "", "amd64"),
        (format!("{windows} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763"), "Edge 18.17763", "EdgeHTML 18.17763", "Windows 10", "", "amd64"),
        (format!("{windows} HeadlessChrome/140.0.0.0 Safari/537.36"), "Chrome Headless 140.0.0.0", "Blink 140.0.0.0", "Windows 10", "", "amd64"),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko".into(), "IE 11.0", "Trident 7.0", "Windows 7", "", "amd64"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0".into(), "Firefox 142.0", "Gecko 142.0", "Windows 10", "", "amd64"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0".into(), "Firefox 142.0", "Gecko 142.0", "Linux", "", "amd64"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux i686; rv:142.0) Gecko/20100101 Firefox/142.0".into(), "Firefox 142.0", "Gecko 142.0", "Ubuntu", "", "ia32"),
        (format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KIT} Chrome/140.0.0.0 Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Chrome OS", "", "amd64"),
        (format!("{mac} {IOS_KIT} Version/18.6 Safari/605.1.15"), "Safari 18.6", "WebKit 605.1.15", "macOS 10.15.7", "", ""),
        (format!("{mac} {KIT} Chrome/140.0.0.0 Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "macOS 10.15.7", "", ""),
        (format!("{iphone} Version/17.0 Mobile/15E148 Safari/604.1"), "Mobile Safari 17.0", "WebKit 605.1.15", "iOS 17.0", "Apple iPhone mobile", ""),
        (format!("{iphone} CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1"), "Chrome 140.0.7339.39", "WebKit 605.1.15", "iOS 17.0", "Apple iPhone mobile", ""),
        (format!("{iphone} FxiOS/142.0 Mobile/15E148 Safari/605.1.15"), "Firefox 142.0", "WebKit 605.1.15", "iOS 17.0", "Apple iPhone mobile", ""),
        (format!("Mozilla/5.0 (iPad; CPU OS 17_5_1 like Mac OS X) {IOS_KIT} Version/17.5 Mobile/15E148 Safari/604.1"), "Mobile Safari 17.5", "WebKit 605.1.15", "iOS 17.5.1", "Apple iPad tablet", ""),
        (format!("{} Chrome/140.0.0.0 Mobile Safari/537.36", android("Pixel 8 Build/UQ1A.240105")), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Android 14", "Google Pixel 8 mobile", ""),
        (format!("Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/140.0.0.0 Mobile Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Android 10", "mobile", ""),
        (format!("Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/140.0.0.0 Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Android 10", "tablet", ""),
        (format!("{} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", android("SM-S918B")), "Samsung Internet 28.0", "Blink 130.0.0.0", "Android 14", "Samsung SM-S918B mobile", ""),
        (format!("{} Chrome/140.0.0.0 Safari/537.36", android("SM-X910")), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Android 14", "Samsung SM-X910 tablet", ""),
        (format!("{} Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36", android("Pixel 8; wv")), "Chrome WebView 140.0.0.0", "Blink 140.0.0.0", "Android 14", "Google Pixel 8 mobile", ""),
        ("Mozilla/5.0 (Android 14; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0".into(), "Firefox 142.0", "Gecko 142.0", "Android 14", "mobile", ""),
        ("Mozilla/5.0 (Android 14; Tablet; rv:142.0) Gecko/142.0 Firefox/142.0".into(), "Firefox 142.0", "Gecko 142.0", "Android 14", "tablet", ""),
        ("Mozilla/5.0 (Linux; U; Android 4.0.3; en-us; GT-I9100 Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30".into(), "Android Browser 4.0", "WebKit 534.30", "Android 4.0.3", "Samsung GT-I9100 mobile", ""),
        (format!("{} Chrome/100.0.0.0 Mobile Safari/537.36", android("SM-R890")), "Chrome 100.0.0.0", "Blink 100.0.0.0", "Android 14", "Samsung SM-R890 wearable", ""),
        (format!("Mozilla/5.0 (PlayStation 5 3.11) {IOS_KIT} Version/13.0 Safari/605.1.15"), "Safari 13.0", "WebKit 605.1.15", "PlayStation 5", "Sony PlayStation 5 console", ""),
        (format!("Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) {KIT} 76.0.3809.146/6.0 TV Safari/537.36"), "", "WebKit 537.36", "Tizen 6.0", "Samsung smarttv", ""),
        (format!("Mozilla/5.0 (Web0S; Linux/SmartTV) {KIT} Chrome/94.0.4606.128 Safari/537.36"), "Chrome 94.0.4606.128", "Blink 94.0.4606.128", "webOS", "LG smarttv", ""),
        (format!("Mozilla/5.0 (X11; GNU/Linux) {KIT} Chromium/79.0.3945.130 Chrome/79.0.3945.130 Safari/537.36 Tesla/2021.12"), "Chromium 79.0.3945.130", "Blink 79.0.3945.130", "Linux", "Tesla embedded", ""),
        (format!("Mozilla/5.0 (X11; Linux aarch64) {KIT} Chrome/140.0.0.0 Safari/537.36"), "Chrome 140.0.0.0", "Blink 140.0.0.0", "Linux", "", "arm64"),
        ("curl/8.5.0".into(), "", "", "", "", ""),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)".into(), "", "", "", "", ""),
        ("Edg/".into(), "Edge", "", "", "", ""),
        (String::new(), "", "", "", "", ""),
    ] {
        let agent = UserAgent::from(&*text);
        let found = (
            agent.browser().map(|it| named(it.name, it.version)).unwrap_or_default(),
            agent.engine().map(|it| named(it.name, it.version)).unwrap_or_default(),
            agent.os().map(|it| named(it.name, it.version.as_deref())).unwrap_or_default(),
            agent.device().map(|it| {
                let kind = it.kind.map(|kind| format!("{kind:?}").to_lowercase());
                let parts = [it.vendor.map(str::to_owned), it.model.map(str::to_owned), kind];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }).unwrap_or_default(),
            agent.cpu().map(|it| it.architecture).unwrap_or_default(),
        );
        let found = (&*found.0, &*found.1, &*found.2, &*found.3, found.4);
        assert_eq!(found, (browser, engine, os, device, cpu), "{text}");
    }
}

#[test]
fn rh_102_bots_give_their_names() {
    for bot in [
        "Googlebot/2.1",
        "Mediapartners-Google",
        "AdsBot-Google (+http://www.google.com/adsbot.html)",
        "Mozilla/5.0 googleweblight",
        "Storebot-Google/1.0",
        "Google-PageRenderer",
        "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "BingPreview/1.0b",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        "DuckDuckBot/1.1",
        "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
        "Mozilla/5.0 (compatible; YandexBot/3.0)",
        "Sogou web spider/4.0",
        "LinkedInBot/1.0",
        "bitlybot/3.0",
        "Tumblr/14.0",
        "Mozilla/5.0 (compatible; vkShare)",
        "Mozilla/5.0 (compatible; Quora Link Preview)",
        "facebookexternalhit/1.1",
        "facebookcatalog/1.0",
        "TWITTERBOT/1.0",
        "Applebot/0.1",
        "redditbot/1.0",
        "Slackbot-LinkExpanding 1.0",
        "Discordbot/2.0",
        "WhatsApp/2.23",
        "SkypeUriPreview Preview/0.5",
        "ia_archiver (+http://www.alexa.com)",
        "GPTBot/1.2",
    ] {
        assert!(UserAgent::from(bot).is_bot(), "{bot}");
    }
    for client in
        ["", "curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"]
    {
        assert!(!UserAgent::from(client).is_bot(), "{client}");
    }
}

fn written(text: &str) -> Value {
    serde_json::to_value(UserAgent::from(text)).unwrap()
}

#[test]
fn rh_098_rh_099_rh_100_unknown_parts_are_missing_members() {
    let empty = json!({
        "ua": "", "browser": {}, "engine": {}, "os": {}, "device": {}, "cpu": {}, "isBot": false,
    });
    assert_eq!(written(""), empty);
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
    let expected = json!({
        "ua": iphone,
        "browser": { "name": "Mobile Safari", "version": "17.0", "major": "17" },
        "engine": { "name": "WebKit", "version": "605.1.15" },
        "os": { "name": "iOS", "version": "17.0" },
        "device": { "vendor": "Apple", "model": "iPhone", "type": "mobile" },
        "cpu": {},
        "isBot": false,
    });
    assert_eq!(written(iphone), expected);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "(\\PC|Android |Mobile|Edg/|Version/|Safari/|[(;)._ ]|rv:|日){0,300}") {
        written(&text);
    }
}
