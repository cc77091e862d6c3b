/// Names of crawlers and link previews, in lower case (RH-102).
const BOTS: &[&str] = &[
    // Google.
    "googlebot",
    "mediapartners",
    "adsbot",
    "googleweblight",
    "storebot",
    "google-pagerenderer",
    "google-inspectiontool",
    // Other searches.
    "bingbot",
    "bingpreview",
    "slurp",
    "duckduckbot",
    "baiduspider",
    "yandex",
    "sogou",
    "applebot",
    "ia_archiver",
    "gptbot",
    // Previews of links.
    "linkedinbot",
    "bitlybot",
    "tumblr",
    "vkshare",
    "quora link preview",
    "facebookexternalhit",
    "facebookcatalog",
    "twitterbot",
    "redditbot",
    "slackbot",
    "discordbot",
    "whatsapp",
    "skypeuripreview",
];

/// Whether the text names one of them, in any case.
pub(super) fn is_bot(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    BOTS.iter().any(|bot| text.contains(bot))
}
