//! Which file of `src` uses which: read from `use` items and from paths in the code, through the
//! re-exports of `mod.rs` files to the file that defines a name. Paths within macros are not seen.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

use super::sources::Source;

/// A file's module path below the crate, such as `["raft", "node"]`.
type ModulePath = Vec<String>;

/// The modules of the crate, each with what it declares and uses.
pub struct Imports {
    modules: BTreeMap<ModulePath, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    /// Names that the file defines.
    defined: BTreeSet<String>,
    /// Names that it re-exports or imports, each with the full path that it stands for.
    named: BTreeMap<String, ModulePath>,
    /// Modules whose names it takes over with `*`.
    globs: Vec<ModulePath>,
    /// Every path that it uses.
    used: Vec<ModulePath>,
}

impl Imports {
    pub fn read(sources: &[Source]) -> Imports {
        let mut modules = BTreeMap::new();
        for source in sources {
            let path = module_path(&source.name);
            let mut reader = Reader { here: path.clone(), module: Module::default() };
            reader.module.file = source.name.clone();
            reader.visit_file(&source.parse());
            modules.insert(path, reader.module);
        }
        Imports { modules }
    }

    /// For each file the files that it uses, itself left out.
    pub fn files(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut files = BTreeMap::new();
        for module in self.modules.values() {
            let used: BTreeSet<&str> = module
                .used
                .iter()
                .filter_map(|path| self.definer(path, 0))
                .filter(|file| *file != module.file)
                .collect();
            files.insert(module.file.as_str(), used);
        }
        files
    }

    /// The file that defines what a full path names.
    fn definer(&self, path: &[String], depth: usize) -> Option<&str> {
        let known =
            (1..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]))?;
        let module = &self.modules[&path[..known]];
        let Some(name) = path.get(known) else { return Some(&module.file) };
        if module.defined.contains(name) || depth > 8 {
            return Some(&module.file);
        }
        if let Some(target) = module.named.get(name) {
            return self.definer(target, depth + 1);
        }
        let mut globbed =
            module.globs.iter().map(|glob| [glob.clone(), vec![name.clone()]].concat());
        globbed
            .find(|path| self.defines(path))
            .and_then(|path| self.definer(&path, depth + 1))
            .or(Some(&module.file))
    }

    fn defines(&self, path: &[String]) -> bool {
        let Some((name, module)) = path.split_last() else { return false };
        self.modules
            .get(module)
            .is_some_and(|module| module.defined.contains(name) || module.named.contains_key(name))
    }
}

/// The groups of files that use each other in a circle, largest first.
pub fn circles<'a>(files: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        files.keys().map(|file| (*file, reachable(files, file))).collect();
    let mut found: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (file, reached) in &reach {
        let circle: Vec<&str> =
            reached.iter().copied().filter(|other| reach[other].contains(file)).collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    let mut circles: Vec<Vec<&str>> = found.into_iter().collect();
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

fn reachable<'a>(files: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = files[from].iter().copied().collect();
    while let Some(file) = open.pop() {
        if reached.insert(file) {
            open.extend(&files[file]);
        }
    }
    reached
}

/// `src/raft/node.rs` is `raft::node`, `src/raft/mod.rs` is `raft`, `src/lib.rs` the crate itself.
fn module_path(file: &str) -> ModulePath {
    let inner =
        file.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")).expect("a source");
    let mut parts: ModulePath = inner.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

struct Reader {
    here: ModulePath,
    module: Module,
}

impl Reader {
    /// The full path of one that the file writes; `None` for other crates and for local names.
    fn resolve(&self, path: &[String]) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.here, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let base = self.here.len().checked_sub(ups)?;
                Some([&self.here[..base], &path[ups..]].concat())
            }
            _ => None,
        }
    }

    fn follow(&mut self, tree: &syn::UseTree, before: &[String], exported: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                let before = [before, &[path.ident.to_string()]].concat();
                self.follow(&path.tree, &before, exported);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.follow(tree, before, exported));
            }
            syn::UseTree::Name(name) => self.import(before, &name.ident, &name.ident),
            syn::UseTree::Rename(rename) => self.import(before, &rename.ident, &rename.rename),
            syn::UseTree::Glob(_) => {
                let known = self.full(before);
                self.module.globs.extend(known.clone().filter(|_| exported));
                self.module.used.extend(known.filter(|_| !exported));
            }
        }
    }

    fn import(&mut self, before: &[String], ident: &syn::Ident, known_as: &syn::Ident) {
        let path = match ident.to_string().as_str() {
            "self" => before.to_vec(),
            name => [before, &[name.to_owned()]].concat(),
        };
        let Some(full) = self.full(&path) else { return };
        self.module.named.insert(known_as.to_string(), full.clone());
        self.module.used.push(full);
    }

    /// As [`Reader::resolve`]; a `use` may also begin with a child module's name.
    fn full(&self, path: &[String]) -> Option<ModulePath> {
        self.resolve(path).or_else(|| {
            let child = self.module.defined.contains(&format!("mod {}", path.first()?));
            child.then(|| [&self.here, path].concat())
        })
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_file(&mut self, file: &'ast syn::File) {
        for item in &file.items {
            if let Some(name) = name_of(item) {
                self.module.defined.insert(name);
            }
        }
        syn::visit::visit_file(self, file);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test_only(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let exported = !matches!(item.vis, syn::Visibility::Inherited);
        let before_used = self.module.used.len();
        self.follow(&item.tree, &[], exported);
        // A re-export makes a facade: its users depend on what it stands for.
        if exported {
            self.module.used.truncate(before_used);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if parts.len() > 1 {
            let named = parts.first().and_then(|first| self.module.named.get(first)).cloned();
            let full = named.map(|path| [&path[..], &parts[1..]].concat());
            self.module.used.extend(full.or_else(|| self.full(&parts)));
        }
        syn::visit::visit_path(self, path);
    }
}

fn name_of(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        syn::Item::Fn(item) => Some(item.sig.ident.to_string()),
        syn::Item::Const(item) => Some(item.ident.to_string()),
        syn::Item::Static(item) => Some(item.ident.to_string()),
        syn::Item::Mod(item) => Some(format!("mod {}", item.ident)),
        _ => None,
    }
}

fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}
