//! Tests of the repository itself: who imports whom, what is touched where, what a file looks like.
//!
//! Each rule collects its offences as `file:line: what`, so that a failure names all of them at once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests: a panic is how they fail"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The house: a folder imports only from folders before it.
const HOUSE: [&str; 8] = ["text", "entities", "annotation", "acts", "exchange", "store", "browser", "app"];

/// Libraries that only the page may use; what is built on them begins with their name.
const OF_THE_PAGE: [&str; 5] = ["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"];

const MOST_LINES: usize = 450;

#[test]
fn a_folder_imports_only_from_folders_before_it() {
    let mut offences = Vec::new();
    for file in sources("src") {
        let Some(place) = HOUSE.iter().position(|folder| belongs(&file.name, folder)) else { continue };
        for (line, imported) in imports(&file.code()) {
            let from = HOUSE.iter().position(|folder| *folder == imported);
            if from.is_some_and(|from| from > place) {
                offences.push(format!("{}:{line}: {} must not know {imported}", file.name, HOUSE[place]));
            }
        }
    }
    none(&offences);
}

#[test]
fn every_folder_of_the_library_has_its_place_in_the_house() {
    let lib = read("src/lib.rs");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    none(
        &modules
            .filter(|module| !HOUSE.contains(module))
            .map(|it| format!("src/lib.rs: {it}"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn browser_libraries_are_used_by_the_page_only() {
    let mut offences = Vec::new();
    let may = |name: &str| {
        belongs(name, "browser")
            || belongs(name, "app")
            || ["src/main.rs", "src/bin/readout-import.rs"].contains(&name)
    };
    for file in sources("src").iter().filter(|file| !may(&file.name)) {
        for (number, line) in file.code().lines().enumerate() {
            for library in OF_THE_PAGE {
                if words(line).any(|word| word.starts_with(library)) {
                    offences.push(format!("{}:{}: {library}", file.name, number + 1));
                }
            }
        }
    }
    none(&offences);
}

#[test]
fn local_storage_is_touched_in_one_file() {
    let offences = find_in(&sources("src"), &[".local_storage()", "localStorage"], |file| {
        file != "src/browser/local_storage.rs" && file != "src/browser/tests.rs"
    });
    none(&offences);
}

#[test]
fn nothing_outlives_a_reload_behind_the_stores_back() {
    none(&find_in(&sources("src"), &[".session_storage()", "sessionStorage", ".set_cookie("], |_| true));
}

#[test]
fn every_file_opens_by_saying_what_it_holds() {
    let opens = |text: &str| text.starts_with("//! ") || text.starts_with("// ") || text.trim().is_empty();
    let without = all_sources().into_iter().filter(|file| !opens(&file.text));
    none(&without.map(|file| format!("{}:1: no comment", file.name)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long_to_be_one_thing() {
    let long = all_sources().into_iter().map(|file| (file.text.lines().count(), file.name));
    let offences = long.filter(|(lines, _)| *lines > MOST_LINES);
    none(
        &offences
            .map(|(lines, name)| format!("{name}:{lines}: more than {MOST_LINES} lines"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn tests_wait_for_states_and_never_sleep() {
    let mut files = sources("src");
    files.extend(sources("tests").into_iter().filter(|file| file.name != "tests/tidy.rs"));
    files.extend(files_with(&["ts", "mjs"], "tests/browser"));
    none(&find_in(&files, &["thread::sleep", "waitForTimeout"], |_| true));
}

#[test]
fn the_page_bears_no_inline_script_and_no_inline_style() {
    let page = read("index.html");
    let mut offences = Vec::new();
    for (number, line) in page.lines().enumerate() {
        let attribute = |name: &str| line.contains(&format!(" {name}"));
        if attribute("style=") || attribute("on") && line.contains("=\"") && has_handler(line) {
            offences.push(format!("index.html:{}: {line}", number + 1));
        }
        if line.contains("<style") || line.contains("<script") {
            offences.push(format!("index.html:{}: {line}", number + 1));
        }
    }
    none(&offences);
}

#[test]
fn views_set_no_style_attribute() {
    // The policy would refuse it, and silently: classes, or a property through the element's style object.
    let files: Vec<_> = sources("src/app");
    let mut offences = Vec::new();
    for file in &files {
        for (number, line) in file.code().lines().enumerate() {
            if words_before(line, '=').any(|word| word == "style") && !line.contains("let ") {
                offences.push(format!("{}:{}: {}", file.name, number + 1, line.trim()));
            }
        }
    }
    none(&offences);
}

#[test]
fn the_policy_lets_the_page_reach_only_its_own_place() {
    const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src blob:; \
                          form-action 'none'; base-uri 'none'";
    let page = read("index.html");
    assert!(page.contains(&format!("content=\"{POLICY}\"")), "index.html: the policy is another");
    let (policy, first) = (page.find("Content-Security-Policy"), page.find("<link"));
    assert!(policy < first, "index.html: what stands before the policy is not bound by it");
}

#[test]
fn ci_runs_the_projects_own_command_and_nothing_else() {
    let script = read(".ci/run");
    let commands: Vec<_> =
        script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let [set, cd, test] = commands[..] else { panic!(".ci/run: {commands:?}") };
    assert_eq!(set, "set -euo pipefail");
    assert!(cd.starts_with("cd "), ".ci/run: {cd}");
    assert_eq!(test, "cargo xtask test");
}

#[test]
fn lock_files_of_npm_name_versions_and_not_who_served_them() {
    for file in ["xtask/npm/package-lock.json", "tests/browser/package-lock.json"] {
        let lock = read(file);
        none(&lines_with(file, &lock, &["\"resolved\": \"http"]));
        assert!(lock.contains("\"integrity\""), "{file}: no hashes");
    }
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let homes = ["home", "root", "Users", "work"].map(|folder| format!("/{folder}/"));
    let mut offences = Vec::new();
    for file in committed() {
        for (number, line) in file.text.lines().enumerate() {
            for home in &homes {
                let from_the_root = line.match_indices(home.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|before| before.is_whitespace() || "\"'`(=".contains(before))
                });
                if from_the_root {
                    offences.push(format!("{}:{}: {home}", file.name, number + 1));
                }
            }
        }
    }
    none(&offences);
}

struct File {
    /// From the project's folder, with slashes.
    name: String,
    text: String,
}

impl File {
    /// The text with comments made blank, so that lines keep their numbers.
    fn code(&self) -> String {
        let blank =
            |line: &str| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() };
        self.text.lines().map(blank).collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn sources(folder: &str) -> Vec<File> {
    files_with(&["rs"], folder)
}

fn all_sources() -> Vec<File> {
    ["src", "tests", "bench", "fuzz", "xtask/src"].into_iter().flat_map(sources).collect()
}

/// Text files that belong to the project; not what is installed or built.
fn committed() -> Vec<File> {
    files_with(
        &[
            "rs", "toml", "md", "html", "css", "js", "mjs", "ts", "json", "txt", "tsv", "csv", "svg", "run",
            "npmrc",
        ],
        ".",
    )
}

fn files_with(extensions: &[&str], folder: &str) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "dist", "node_modules", "results", ".git"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if extensions.iter().any(|it| name.ends_with(&format!(".{it}")) || name == *it) {
                // Fixtures may hold anything, also what is no UTF-8.
                if let Ok(text) = fs::read_to_string(&path) {
                    files.push(File { name: name_of(&path), text });
                }
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn name_of(path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(root()).unwrap().components().collect();
    inside.to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned()
}

fn belongs(name: &str, folder: &str) -> bool {
    name.starts_with(&format!("src/{folder}/")) || name == format!("src/{folder}.rs")
}

/// The top folders that code names by `crate::` or by climbing to them, with the line.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let line = code[..at].matches('\n').count() + 1;
            let rest = &code[at + start.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                found.extend(group_heads(group).into_iter().map(|head| (line, head)));
            } else if let Some(head) = words(rest).next().filter(|head| rest.starts_with(head)) {
                // `super::x` is a folder of the house only when more of the path follows.
                if start == "crate::" || rest[head.len()..].starts_with("::") {
                    found.push((line, head.to_owned()));
                }
            }
        }
    }
    found
}

/// The first word of each path in `a::b, c::{d, e}, f}`: a, c, f.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut path) = (0, Vec::new(), String::new());
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(std::mem::take(&mut path)),
            _ if depth == 0 => path.push(letter),
            _ => {}
        }
    }
    heads.push(path);
    heads.iter().filter_map(|path| words(path).next().map(str::to_owned)).collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// The words that stand directly before a sign: `class=` gives `class`.
fn words_before(line: &str, sign: char) -> impl Iterator<Item = &str> {
    line.match_indices(sign).filter_map(|(at, _)| {
        let before = &line[..at];
        let word = before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        Some(word).filter(|word| !word.is_empty())
    })
}

/// Whether a line of HTML has an attribute like `onclick="…"`.
fn has_handler(line: &str) -> bool {
    words_before(line, '=').any(|word| word.len() > 2 && word.starts_with("on"))
}

fn lines_with(name: &str, text: &str, needles: &[&str]) -> Vec<String> {
    let lines = text.lines().enumerate();
    let hits = lines.filter(|(_, line)| needles.iter().any(|needle| line.contains(needle)));
    hits.map(|(number, line)| format!("{name}:{}: {}", number + 1, line.trim())).collect()
}

fn find_in(files: &[File], needles: &[&str], concerns: impl Fn(&str) -> bool) -> Vec<String> {
    let files = files.iter().filter(|file| concerns(&file.name));
    files.flat_map(|file| lines_with(&file.name, &file.code(), needles)).collect()
}

#[track_caller]
fn none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn imports_are_read_as_the_compiler_reads_them() {
    let check = |code: &str, expected: &[&str]| {
        let found: Vec<_> = imports(code).into_iter().map(|(_, head)| head).collect();
        assert_eq!(found, expected, "{code}");
    };
    check("use crate::text::Span;", &["text"]);
    check("use crate::{text::{Span, Unit}, entities,\n acts::Cue};", &["text", "entities", "acts"]);
    check("let x = crate::store::keep();", &["store"]);
    check("use super::super::app::State;", &["super", "app"]);
    check("use super::local;", &[]);
}
