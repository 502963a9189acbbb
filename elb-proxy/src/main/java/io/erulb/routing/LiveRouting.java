package io.erulb.routing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force: one volatile field that holds a {@link RoutingTable}, and the only two ways to replace
 * it. Safe for use by many threads: readers never lock, writers take turns.
 *
 * <p>Changes compile what they touch on the caller's thread, which must not be an I/O thread, and may wait a moment
 * (0.3 s at most) for the addresses of names seen for the first time.
 */
public final class LiveRouting implements AutoCloseable {
    private final RoutingOptions options;
    private final Names names;
    private final TableAssembly assembly;
    private final List<Consumer<RoutingTable>> listeners = new CopyOnWriteArrayList<>();

    /** Guards what writers share: the set-aside faults and the step from one table to the next. */
    private final Object writing = new Object();

    private final SetAside setAside = new SetAside();
    private volatile RoutingTable current = RoutingTable.EMPTY;

    private LiveRouting(RoutingOptions options) {
        this.options = options;
        this.names = new Names(options, this::refresh);
        this.assembly = new TableAssembly(options, names);
    }

    /** Routing without any configuration yet: {@link RoutingTable#loaded()} is false until the first change. */
    public static LiveRouting create(RoutingOptions options) {
        return new LiveRouting(options);
    }

    /** The configuration in force. One volatile read. */
    public RoutingTable current() {
        return current;
    }

    /**
     * Applies a change as a whole.
     *
     * @return the table then in force; the same as before when the change changes nothing
     * @throws RoutingException with every fault of the change; nothing of it is in force then
     */
    public RoutingTable apply(RoutingChange change) {
        return requireNonNull(applyIf(table -> true, change));
    }

    /**
     * Applies a change as {@link #apply} does, unless the table then in force is another than its author expects.
     *
     * @param expected asked of the table in force, while no other can come; must not change routing
     * @return null when the table is not as expected; nothing was applied then
     * @throws RoutingException with every fault of the change; nothing of it is in force then
     */
    public @Nullable RoutingTable applyIf(Predicate<RoutingTable> expected, RoutingChange change) {
        Step step;
        synchronized (writing) {
            if (!expected.test(current)) {
                return null;
            }
            RoutingDraft draft = draft(change);
            if (!draft.faults().isEmpty()) {
                throw new RoutingException(draft.faults());
            }
            setAside.settle(draft.settled());
            step = publish(draft, 0);
        }
        return announce(step);
    }

    /** What {@link #apply} would do with a change, were it asked now. Changes nothing. */
    public RoutingPreview preview(RoutingChange change) {
        synchronized (writing) {
            RoutingDraft draft = draft(change);
            return draft.faults().isEmpty()
                    ? RoutingPreview.of(current, draft, assembly.problems(draft))
                    : RoutingPreview.refused(draft.faults());
        }
    }

    /**
     * Applies what is good of a change that a store made. What is bad keeps its last good value and stands among the
     * {@link #problems() problems} until a good value comes or the value goes.
     *
     * @param revision the store's revision of the change
     * @return the table then in force
     */
    public RoutingTable merge(RoutingChange change, long revision) {
        Step step;
        synchronized (writing) {
            RoutingDraft draft = draft(change);
            setAside.settle(draft.settled());
            setAside.add(draft.faults(), revision, options.clock().instant());
            step = publish(draft, revision);
        }
        return announce(step);
    }

    /** Faults that the configuration in force lives with, oldest first. */
    public List<RoutingProblem> problems() {
        return current.problems();
    }

    /** Calls a listener after each new table, on the thread that made it; it should look at {@link #current()}. */
    public void onPublish(Consumer<RoutingTable> listener) {
        listeners.add(listener);
    }

    /** Ends the background look-up of names. The table stays in force. */
    @Override
    public void close() {
        names.close();
    }

    private void refresh() {
        Step step;
        synchronized (writing) {
            step = publish(draft(RoutingChange.builder().build()), 0);
        }
        announce(step);
    }

    private RoutingDraft draft(RoutingChange change) {
        RoutingDraft draft = new RoutingDraft(current, options.filters());
        change.edits().forEach(draft::apply);
        return draft;
    }

    private Step publish(RoutingDraft draft, long revision) {
        RoutingTable before = current;
        RoutingTable.Content content = assembly.assemble(draft, before, setAside.problems());
        current = content.sameAs(before.content()) ? before.at(revision) : before.next(content, revision);
        return new Step(before, current);
    }

    private RoutingTable announce(Step step) {
        if (step.after.version() != step.before.version()) {
            listeners.forEach(listener -> listener.accept(step.after));
        }
        return step.after;
    }

    /** From one table to the next, which may be the same. */
    private record Step(RoutingTable before, RoutingTable after) {}
}
