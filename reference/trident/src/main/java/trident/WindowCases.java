package trident;

import java.io.PrintStream;

/** The windows of a Trident stream: they know nothing of batches, and a batch that comes again is in them twice. */
final class WindowCases {
    private WindowCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder counts = new Recorder(out, "storm/trident-window", "manual", WindowBench::validated);
        counts(counts);
        replays(counts);
        restartsWithStore(counts);
        durations(new Recorder(out, "storm/trident-window", "real", WindowBench::validated));
    }

    private static void counts(Recorder recorder) throws Exception {
        recorder.answers("window-tumbling-count", Topic.WINDOWS,
            "Three tuples make a window, whatever batches they come in; it is emitted with the batch that filled it.",
            "{window: 'TumblingCountWindow', windowLength: 3}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b']}
                {do: 'commit', txid: 1}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['c', 'd', 'e', 'f', 'g']}
                {do: 'commit', txid: 2}
                {do: 'batch', txid: 3, attempt: 0, tuples: []}
                """);
        recorder.answers("window-sliding-count", Topic.WINDOWS,
            "A window of the last four, at every third tuple.",
            "{window: 'SlidingCountWindow', windowLength: 4, slideLength: 3}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b', 'c', 'd', 'e']}
                {do: 'commit', txid: 1}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['f', 'g', 'h', 'i']}
                """);
        recorder.answers("window-sliding-count-first-are-partial", Topic.PARTIAL_WINDOWS,
            "The first windows are emitted before there are as many tuples as they may hold.",
            "{window: 'SlidingCountWindow', windowLength: 5, slideLength: 2}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']}
                """);
        recorder.answers("window-sliding-count-of-one", Topic.PARTIAL_WINDOWS,
            "A window that slides with every tuple begins with one tuple and grows to its length.",
            "{window: 'SlidingCountWindow', windowLength: 3, slideLength: 1}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a']}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b', 'c', 'd', 'e']}
                """);
        recorder.answers("window-slide-equals-length", Topic.MISTAKES,
            "A slide as long as the window is taken, though the message for a longer one says that it should be less.",
            "{window: 'SlidingCountWindow', windowLength: 3, slideLength: 3}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b', 'c', 'd', 'e', 'f']}
                """);
        recorder.refuses("window-refuses-slide-longer-than-length", Topic.MISTAKES,
            "Gaps between windows are refused, with a word misspelt.",
            "{window: 'SlidingCountWindow', windowLength: 3, slideLength: 4}", "");
        recorder.refuses("window-refuses-slide-duration-longer-than-length", Topic.MISTAKES,
            "A slide longer than the window is refused by the same words when both are times, in milliseconds.",
            "{window: 'SlidingDurationWindow', windowLength: 5000, slideLength: 10000}", "");
    }

    private static void replays(Recorder recorder) throws Exception {
        recorder.answers("window-replayed-batch-is-in-it-twice", Topic.DERIVED,
            "Windows take a batch as it comes and have no txid beside their tuples: batch 2 failed and came again, and its tuple is in the window twice.",
            "{window: 'TumblingCountWindow', windowLength: 4}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b']}
                {do: 'commit', txid: 1}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['c']}
                {do: 'batch', txid: 2, attempt: 1, tuples: ['c']}
                {do: 'commit', txid: 2}
                """);
        recorder.answers("window-replayed-batch-emits-stored-results", Topic.DERIVED,
            "A batch that emitted windows and comes again emits the stored results, one list deeper than the first time; its tuples fill another window meanwhile.",
            "{window: 'TumblingCountWindow', windowLength: 2}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b']}
                {do: 'batch', txid: 1, attempt: 1, tuples: ['a', 'b']}
                {do: 'commit', txid: 1}
                {do: 'batch', txid: 2, attempt: 0, tuples: []}
                {do: 'commit', txid: 2}
                """);
        recorder.answers("window-restart-in-memory", Topic.RESTART,
            "Without a store, the tuples of an unfinished window are gone with the worker, though their batch has succeeded.",
            "{window: 'TumblingCountWindow', windowLength: 3}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a', 'b']}
                {do: 'commit', txid: 1}
                {do: 'restart'}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['c', 'd', 'e']}
                """);
        recorder.answers("window-restart-with-store", Topic.RESTART,
            "A store brings the tuples of an unfinished window back, but they do not count towards its end: a is pushed out by the next two and is in no window.",
            "{window: 'TumblingCountWindow', windowLength: 2, storesTuples: true}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a']}
                {do: 'commit', txid: 1}
                {do: 'restart'}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b', 'c']}
                """);
    }

    private static void restartsWithStore(Recorder recorder) throws Exception {
        recorder.refuses("window-restart-with-store-and-slide", Topic.RESTART,
            "A window that reaches back over a restart looks for its restored tuple under another key than it was stored, finds none, and ends the worker.",
            "{window: 'SlidingCountWindow', windowLength: 4, slideLength: 2, storesTuples: true}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a']}
                {do: 'commit', txid: 1}
                {do: 'restart'}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b']}
                {do: 'batch', txid: 3, attempt: 0, tuples: ['c']}
                """);
    }

    private static void durations(Recorder recorder) throws Exception {
        recorder.answers("window-tumbling-duration", Topic.WINDOWS,
            "The clock of the worker closes a window of a second, and the next batch emits it; a second without tuples has no window.",
            "{window: 'TumblingDurationWindow', windowLength: 1000}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a'], nowMs: 300}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b'], nowMs: 700}
                {do: 'batch', txid: 3, attempt: 0, tuples: ['c'], nowMs: 1500}
                {do: 'batch', txid: 4, attempt: 0, tuples: ['d'], nowMs: 3500}
                {do: 'batch', txid: 5, attempt: 0, tuples: [], nowMs: 4500}
                """);
        recorder.answers("window-sliding-duration", Topic.WINDOWS,
            "A window of two seconds each second: the first is partial, and a tuple is in two.",
            "{window: 'SlidingDurationWindow', windowLength: 2000, slideLength: 1000}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a'], nowMs: 500}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b'], nowMs: 1500}
                {do: 'batch', txid: 3, attempt: 0, tuples: [], nowMs: 4500}
                """);
        recorder.answers("window-sliding-duration-first-are-partial", Topic.PARTIAL_WINDOWS,
            "A window of three seconds each second: the first two hold what one and two seconds brought.",
            "{window: 'SlidingDurationWindow', windowLength: 3000, slideLength: 1000}", """
                {do: 'batch', txid: 1, attempt: 0, tuples: ['a'], nowMs: 500}
                {do: 'batch', txid: 2, attempt: 0, tuples: ['b'], nowMs: 1500}
                {do: 'batch', txid: 3, attempt: 0, tuples: ['c'], nowMs: 2500}
                {do: 'batch', txid: 4, attempt: 0, tuples: ['d'], nowMs: 3500}
                {do: 'batch', txid: 5, attempt: 0, tuples: [], nowMs: 4500}
                """);
    }
}
