//! Which files are of one body: by what they are called, and else by their figures and the folder that they lie in.

use std::cmp::Reverse;
use std::path::{Component, Path};

use rustc_hash::FxHashMap;

use super::Book;
use super::figures::{Agreeing, Outcomes, largest};
use super::identity::{self, Document, Standing};
use super::traces::{Owners, Traces};
use crate::words::body;

/// The files of a book by the body that they are of.
#[derive(Default)]
pub struct Bodies {
    /// Every file is in one group, in their order; the groups in the order of their first files.
    pub groups: Vec<Vec<usize>>,
    /// Files that are of no body that is known, each alone in its group.
    pub apart: Vec<(usize, Standing)>,
}

/// Tells the files of a book apart by body. What its documents say must have been found.
pub fn bodies(book: &Book) -> Bodies {
    let all: Vec<usize> = (0..book.inputs.len()).collect();
    let (mut clusters, mut units) = called(&book.documents);
    if units.is_empty() && clusters.len() < 2 {
        return Bodies { groups: vec![all], apart: Vec::new() };
    }
    let outcomes = Outcomes::of(book.inputs.len(), &book.grids, &book.statements);
    let traces = Traces::of(book);
    let several = clusters.len() > 1;
    let speaks = |unit: &[usize]| unit.iter().any(|&input| !outcomes.is_empty(input));
    match several {
        true => {
            units = place(book, &traces, &mut clusters, units, &outcomes);
            let (speaking, silent): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| speaks(unit));
            let mut found = Vec::new();
            outcomes.join(&mut found, speaking.into_iter().flatten(), Agreeing::Enough);
            let (bodies, alone): (Vec<_>, Vec<_>) = found.into_iter().partition(|files| files.len() > 1);
            clusters.extend(bodies);
            units = place(book, &traces, &mut clusters, silent, &outcomes);
            units.extend(alone);
        }
        false => {
            // A draft is no other body's for having other figures.
            let mut documents = book.documents.clone();
            identity::set_drafts_apart(&mut documents, &all);
            let told = |unit: &[usize]| unit.iter().all(|&input| documents[input].standing == Standing::Together);
            let (speaking, silent): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| speaks(unit) && told(unit));
            let named = clusters.first().is_some_and(|cluster| !cluster.is_empty());
            if clusters.is_empty() {
                clusters.push(Vec::new());
            }
            outcomes.join(&mut clusters, speaking.into_iter().flatten(), Agreeing::Any);
            if clusters.len() < 2 {
                return Bodies { groups: vec![all], apart: Vec::new() };
            }
            let main = if named { 0 } else { largest(&clusters) };
            clusters.swap(0, main);
            units = place(book, &traces, &mut clusters, silent, &outcomes);
            // What is of one body as far as can be seen is of the one whose accounts there are most of.
            if clusters[1..].iter().all(|cluster| cluster.len() < 2) {
                let left: Vec<Vec<usize>> = std::mem::take(&mut units);
                clusters[0].extend(left.into_iter().flatten());
                units.extend(clusters.drain(1..));
            }
        }
    }
    finish(book, clusters, units, &outcomes, several)
}

/// The groups in order, and how the files stand that are of none of the bodies.
fn finish(
    book: &Book,
    mut clusters: Vec<Vec<usize>>,
    units: Vec<Vec<usize>>,
    outcomes: &Outcomes,
    several: bool,
) -> Bodies {
    let mut apart = Vec::new();
    for unit in &units {
        let [input] = unit[..] else { continue };
        let document = &book.documents[input];
        if document.standing == Standing::Together && document.number.is_none() {
            let main = clusters.first().filter(|_| !several && clusters.len() == 1);
            let standing = main.and_then(|main| outcomes.apart_from(input, main)).unwrap_or(Standing::Unnamed);
            apart.push((input, standing));
        }
    }
    clusters.extend(units);
    clusters.iter_mut().for_each(|files| files.sort_unstable());
    clusters.sort_by_key(|files| files.first().copied());
    Bodies { groups: clusters, apart }
}

/// The files of each body that is named, and what is left: files of one number that may be of any of those, and one by
/// one the files that say nothing.
fn called(documents: &[Document]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut bodies: Vec<Called> = Vec::new();
    let mut by_number: FxHashMap<&str, usize> = FxHashMap::default();
    let mut by_name: Vec<(String, Vec<usize>)> = Vec::new();
    let mut names: FxHashMap<String, usize> = FxHashMap::default();
    let mut silent = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        match (document.number.as_deref(), document.name.as_deref()) {
            (Some(number), name) => {
                let body = *by_number.entry(number).or_insert_with(|| {
                    bodies.push(Called { numbered: true, ..Called::default() });
                    bodies.len() - 1
                });
                bodies[body].add(name.map(body::comparable), i);
            }
            (None, Some(name)) => {
                let name = body::comparable(name);
                let at = *names.entry(name.clone()).or_insert_with(|| {
                    by_name.push((name, Vec::new()));
                    by_name.len() - 1
                });
                by_name[at].1.push(i);
            }
            (None, None) => silent.push(vec![i]),
        }
    }
    // The longest names first: a short one may be that of any body whose name begins so.
    by_name.sort_by_key(|(name, files)| (Reverse(name.split(' ').count()), files[0]));
    let mut first_words: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    for (i, body) in bodies.iter().enumerate() {
        body.names.iter().for_each(|name| first_words.entry(first(name)).or_default().push(i));
    }
    for (name, files) in by_name {
        let near = first_words.entry(first(&name)).or_default();
        let exact = near.iter().copied().filter(|&body| bodies[body].names.contains(&name));
        let exact = exact.max_by_key(|&body| (bodies[body].files.len(), Reverse(body)));
        let alike = |body: &usize| bodies[*body].names.iter().all(|other| body::begins(&name, other));
        let mut like: Vec<usize> = near.iter().copied().filter(alike).collect();
        like.sort_unstable();
        like.dedup();
        let known = exact.or(if let [only] = like[..] { Some(only) } else { None });
        let body = known.unwrap_or_else(|| {
            bodies.push(Called::default());
            bodies.len() - 1
        });
        near.push(body);
        files.into_iter().for_each(|file| bodies[body].add(Some(name.clone()), file));
    }
    let (mut numbers, mut named): (Vec<Called>, Vec<Called>) =
        bodies.into_iter().partition(|body| body.names.is_empty());
    // A number and a name that are all there is are of one body.
    if let ([number], [name]) = (&mut numbers[..], &mut named[..])
        && !name.numbered
    {
        name.files.append(&mut number.files);
        numbers.clear();
    }
    // A number may be that of a body which only others of its files name.
    let (open, own) =
        if named.iter().all(|body| body.numbered) { (Vec::new(), numbers) } else { (numbers, Vec::new()) };
    named.extend(own);
    let files = |bodies: Vec<Called>| bodies.into_iter().map(|body| body.files);
    (files(named).collect(), files(open).chain(silent).collect())
}

/// A body that files name.
#[derive(Default)]
struct Called {
    names: Vec<String>,
    numbered: bool,
    files: Vec<usize>,
}

impl Called {
    fn add(&mut self, name: Option<String>, file: usize) {
        self.names.extend(name.filter(|name| !self.names.contains(name)));
        self.files.push(file);
    }
}

/// Adds files to the bodies that they are of by their amounts, or else by the folder that they lie in; gives those that
/// are left.
fn place(
    book: &Book,
    traces: &Traces,
    clusters: &mut [Vec<usize>],
    units: Vec<Vec<usize>>,
    outcomes: &Outcomes,
) -> Vec<Vec<usize>> {
    let folders = Folders::of(book, clusters);
    let owners = Owners::of(traces, clusters);
    let home = |unit: &[usize]| {
        let contradicts = |body: usize| unit.iter().any(|&input| outcomes.contradict(input, &clusters[body]));
        let by_amounts = traces.nearest(unit, &owners).filter(|&body| !contradicts(body));
        by_amounts.or_else(|| folders.body(&book.inputs[unit[0]].path).filter(|&body| !contradicts(body)))
    };
    let homes: Vec<Option<usize>> = units.iter().map(|unit| home(unit)).collect();
    let mut left = Vec::new();
    for (unit, home) in units.into_iter().zip(homes) {
        match home {
            Some(body) => clusters[body].extend(unit),
            None => left.push(unit),
        }
    }
    left
}

/// Whose the folders are: those that have the files of one body only.
struct Folders<'a>(FxHashMap<&'a Path, Option<usize>>);

impl<'a> Folders<'a> {
    fn of(book: &'a Book, clusters: &[Vec<usize>]) -> Folders<'a> {
        let mut folders: FxHashMap<&Path, Option<usize>> = FxHashMap::default();
        for (body, files) in clusters.iter().enumerate() {
            for folder in files.iter().flat_map(|&input| book.inputs[input].path.ancestors().skip(1)) {
                let owner = folders.entry(folder).or_insert(Some(body));
                *owner = owner.filter(|owner| *owner == body);
            }
        }
        Folders(folders)
    }

    /// The body of the nearest folder that has files of any. A folder that is called by a year tells no body.
    fn body(&self, path: &Path) -> Option<usize> {
        let says_more = |folder: &&Path| match folder.components().next_back() {
            Some(Component::Normal(name)) => name.to_string_lossy().chars().any(char::is_alphabetic),
            _ => true,
        };
        path.ancestors().skip(1).filter(says_more).find_map(|folder| self.0.get(folder)).copied().flatten()
    }
}
