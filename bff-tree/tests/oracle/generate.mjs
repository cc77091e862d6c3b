// Records what the npm package path-to-regexp 6.3.0 makes of patterns and paths, for the Rust tests to replay.
//
//     npm install && npm run generate
//
// A line is { p: pattern, d: dialect, e: error } or { p, d, r: [[path, captures or null], …] }. The dialects are
// those of the specification: `m` for matchers (MT-10), `c` for configured sources (PP-12), `i` for these with
// the case ignored. Captures are in the order of the params: a string, a list, or null.
//
// The same seed gives the same file, so a difference in the file is a difference in the package.

import { pathToRegexp } from "path-to-regexp";

let state = 20250612;
const random = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >>> 8) % n;
};
const pick = (list) => list[random(list.length)];

const WRITTEN = [
  // MT-06
  "/(a", "/:", "/*", "/a/*", "/a?", "/a?b", "/a**", "/:s*?", "/:a:b", "/a(?:b)", "/(?!x)", "/:x(a(b))", "/{a", "/a}",
  "/a/:path*.json", "/.well-known/:p*", "/:é", "/()",
  // MT-11, MT-13, MT-14
  "/", "/about", "/about/", "/about/:path", "/about/:path*", "/about/:path+", "/about/:path?", "/about/(.*)",
  "/((?!api|_next/static|_next/image|favicon.ico|sitemap.xml|robots.txt).*)", "/((?!api|.*\\.png$).*)",
  "/post/:id(\\d+)", "/:lang(en|fr)/x", "/public/:path", "/a-:b", "/a{/:b}?", "/file.:ext", "/[slug]",
  // PP-03 to PP-11
  "/:x-:y", "/a.:x", "/:x(.*):y", "/{:x}*", "/n/:x?", "/n/:x*", "/n/:x+", "/n-:x*", "/english\\(default\\)/:slug",
  "/:path*{/}?", "/{a}{b}", "/{a}?b", "/{a}*c", "/{-:x}*", "/{-:x}+/y", "/a{b:x(\\d)c}*", "/x{.:ext}?", "/:a.:b?",
  "/:a(\\d+)-:b(\\d+)", "/(a)(b)", "/:a{-:b}?{-:c}?", "/{:a-}?:b", "/a\\:b", "/:a--:b", "/:a--:b--:c/z", "/{{a}}",
  "/{:a:b}", "/{a:b c}", "/:a*/b", "/:a+/b/:c*", "/:a?/b", "/:path((?!another-page$).*)", "/mm/:p*", "/:x([^/]+)",
  "/:0", "/:a_1b", "/a+", "/{}", "/{}?a", "/a{/}?", "/a{/}?b", "/:x(.*)*", "/:x(\\d+)+", "/a/:x?.json",
];
const REGEXES = [
  "\\d+", ".*", ".+", "en|fr", "[a-z]+", "(?!api|x).*", "(?!a$).*", "[^/]+", "\\w{2,3}", "(?:a|b)c?", "(?=a).*", ".*?",
  "\\D+", "a|ab", "[\\w-]+", "\\bab\\b.*", "[^\\d/]+", "a{2}", "(?:ab)+", "[a\\]b]*", ".*(?<!b)", "(?:(?!b).)+", "\\.\\w+",
  "|a", "[-a]+", "x*",
];
const TEXTS = ["a", "ab", "b", "x", "-", ".", "--", "_", "~", "%20", "a.b", "api", "\\:", "\\(", "1"];
const NAMES = ["x", "y", "z", "id", "p_1"];

function regex() {
  return random(3) === 0 ? `(${pick(REGEXES)})` : "";
}
function unit(names) {
  const name = names[random(names.length)];
  names.splice(names.indexOf(name), 1);
  const expression = regex();
  const param = expression && random(4) === 0 ? expression : `:${name}${expression}`;
  if (random(4) > 0) return param + pick(["", "", "", "?", "*", "+"]);
  return `{${pick(["/", "-", ".", "", "/a"])}${param}${pick(["", "", "-", "b"])}}${pick(["", "?", "*", "+"])}`;
}
function pattern() {
  const names = [...NAMES];
  let text = "/";
  const length = 1 + random(5);
  for (let i = 0; i < length; i++) {
    const kind = random(10);
    if (kind < 3) text += "/".repeat(text.endsWith("/") ? 0 : 1);
    else if (kind < 6) text += pick(TEXTS);
    else if (kind < 9 && names.length) text += unit(names);
    else if (kind === 9) text += random(3) ? `{${pick(TEXTS)}}${pick(["?", "", "*"])}` : pick(["*", "?", "}", "{", "("]);
  }
  return text;
}

const PATHS = ["/", "/a", "/a/", "/a/b", "/ab/c/d", "/about/team", "/api", "/apiary", "/A/B", "/a.json", "/x-y", "//", "/a//b", "/1/2"];
const VALUES = ["a", "b", "ab", "1", "12", "x-y", "a.b", "en", "api", "c", "A", "%20", "a/b", "", "_", "b--c", "xx"];

/** A path that has a good chance to match: units become values, escapes and braces vanish. */
function near(text) {
  const value = () => pick(VALUES);
  let path = text
    .replace(/\{([^{}]*)\}[?*+]?/g, (_, inner) => (random(3) ? inner : ""))
    .replace(/(\/|\.)?(:\w+)?(\((?:\\.|[^()]|\((?:\\.|[^()])*\))*\))([?*+]?)|(\/|\.)?:\w+([?*+]?)/g, (_, p1, _n, _r, m1, p2, m2) => {
      const prefix = p1 ?? p2 ?? "";
      const modifier = m1 ?? m2 ?? "";
      if (/[?*]/.test(modifier) && random(3) === 0) return "";
      const count = /[*+]/.test(modifier) ? 1 + random(3) : 1;
      return Array.from({ length: count }, () => prefix + value()).join("");
    })
    .replace(/\\(.)/g, "$1");
  if (random(4) === 0) path += "/";
  if (random(8) === 0) path = path.toUpperCase();
  if (random(8) === 0) path = path.slice(0, 1 + random(path.length));
  return path.startsWith("/") ? path : "/" + path;
}

const DIALECTS = {
  m: (text, keys) => pathToRegexp(text, keys, { sensitive: true }),
  c: (text, keys) => configured(text, keys, true),
  i: (text, keys) => configured(text, keys, false),
};
function configured(text, keys, sensitive) {
  const regexp = pathToRegexp(text, keys, { delimiter: "/", strict: true, sensitive });
  return new RegExp(regexp.source.replace(/\$$/, "(?:\\/)?$"), regexp.flags);
}

function record(text, dialect) {
  const keys = [];
  let regexp;
  try {
    regexp = DIALECTS[dialect](text, keys);
  } catch (error) {
    return { p: text, d: dialect, e: error.message };
  }
  const paths = new Set([pick(PATHS), pick(PATHS)]);
  for (let i = 0; i < 6; i++) paths.add(near(text));
  const results = [...paths].map((path) => {
    const found = regexp.exec(path);
    if (!found) return [path, null];
    // The package splits a list at prefix and suffix in the wrong order; here it is in the order of the text.
    const captures = keys.map((key, index) => {
      const value = found[index + 1];
      if (value === undefined) return null;
      return /[*+]/.test(key.modifier) ? value.split(key.suffix + key.prefix) : value;
    });
    return [path, captures];
  });
  return { p: text, d: dialect, r: results };
}

const lines = new Map();
const add = (text, dialect) => {
  const line = record(text, dialect);
  lines.set(dialect + text, line);
};
for (const text of WRITTEN) for (const dialect of ["m", "c", "i"]) add(text, dialect);
while (lines.size < 1400) add(pattern(), pick(["m", "m", "c", "c", "i"]));
for (const line of lines.values()) console.log(JSON.stringify(line));
