//! The work of `readout_bench`, one by one, with allocations: `cargo bench --package readout-bench`.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use divan::counter::BytesCount;
    use divan::{AllocProfiler, Bencher};
    use readout_bench::texts::{Kind, SIZES};
    use readout_bench::work::{Bench, Work};

    #[global_allocator]
    static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

    pub(crate) fn main() {
        divan::main();
    }

    const BYTES: [usize; 4] = [SIZES[0].0, SIZES[1].0, SIZES[2].0, SIZES[3].0];

    fn on(bencher: Bencher, kind: Kind, work: Work, size: usize) {
        let bench = Bench::new(kind.article(size));
        bencher.counter(BytesCount::of_str(bench.text())).bench_local(|| bench.run(work));
    }

    #[divan::bench(args = BYTES)]
    fn icu_segmenter(bencher: Bencher, size: usize) {
        on(bencher, Kind::Prose, Work::Boundaries, size);
    }

    #[divan::bench(args = BYTES)]
    fn outline(bencher: Bencher, size: usize) {
        on(bencher, Kind::Prose, Work::Outline, size);
    }

    #[divan::bench(args = BYTES)]
    fn outline_of_scripts(bencher: Bencher, size: usize) {
        on(bencher, Kind::Scripts, Work::Outline, size);
    }

    #[divan::bench(args = BYTES)]
    fn outline_of_short_lines(bencher: Bencher, size: usize) {
        on(bencher, Kind::Short, Work::Outline, size);
    }

    #[divan::bench(args = BYTES)]
    fn outline_of_wrapped_lines(bencher: Bencher, size: usize) {
        on(bencher, Kind::Wrapped, Work::Outline, size);
    }

    #[divan::bench(args = BYTES)]
    fn offsets(bencher: Bencher, size: usize) {
        on(bencher, Kind::Prose, Work::Offsets, size);
    }

    #[divan::bench(args = BYTES)]
    fn names(bencher: Bencher, size: usize) {
        on(bencher, Kind::Prose, Work::Names, size);
    }

    #[divan::bench(args = BYTES)]
    fn open(bencher: Bencher, size: usize) {
        on(bencher, Kind::Prose, Work::Open, size);
    }
}
