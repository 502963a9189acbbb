package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Keeps what a store told, and waits for it. */
public final class RecordingListener implements StoreListener {

    /** One call: a snapshot, or the changes of a revision. */
    public record Call(long revision, StoredConfig state, List<StoredChange> changes, boolean isSnapshot) {}

    // A condition may also look at what no call tells of.
    private static final long RECHECK_MILLIS = 10;

    // Guarded by this; waiters are notified of each call.
    private final List<Call> calls = new ArrayList<>();
    private StoredConfig state = StoredConfig.EMPTY;
    private int settledCalls;

    @Override
    public synchronized void snapshot(StoredConfig config) {
        state = config;
        add(new Call(config.revision(), state, List.of(), true));
    }

    @Override
    public synchronized void changed(long revision, List<StoredChange> changes) {
        assertThat(calls).as("calls before the first change").isNotEmpty();
        state = state.with(revision, changes);
        add(new Call(revision, state, changes, false));
    }

    @Override
    public synchronized void settled() {
        settledCalls = calls.size();
        notifyAll();
    }

    /** Returns whether it was told that nothing more is at hand, after all that it was told. */
    public synchronized boolean isSettled() {
        return settledCalls == calls.size();
    }

    private void add(Call call) {
        calls.add(call);
        notifyAll();
    }

    /** Returns all calls so far. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Returns the calls that told of changes. */
    public synchronized List<Call> changes() {
        return calls.stream().filter(call -> !call.isSnapshot()).toList();
    }

    /** Returns how many snapshots came. */
    public synchronized long snapshots() {
        return calls.stream().filter(Call::isSnapshot).count();
    }

    /** Returns what a reader of all calls believes to be in the store. */
    public synchronized StoredConfig state() {
        return state;
    }

    /** Returns the texts believed to be in the store by path. */
    public Map<String, String> texts() {
        return texts(state());
    }

    /** Returns the texts of a configuration by path. */
    public static Map<String, String> texts(StoredConfig config) {
        Map<String, String> texts = new TreeMap<>();
        config.entries().forEach((key, value) -> texts.put(key.path(), value.text()));
        return texts;
    }

    /** Waits until the believed state is as asked for. */
    public void await(String what, Duration limit, Predicate<RecordingListener> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            while (!condition.test(this)) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError("not within " + limit + ": " + what + "; calls: " + calls);
                }
                waitMillis(Math.min(millis, RECHECK_MILLIS));
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The caller is the loop.
    private synchronized void waitMillis(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
