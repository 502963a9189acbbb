package io.erulb.routing;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.FilterTypes;
import io.erulb.upstream.BalancerTypes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final List<Consumer<TableChange>> listeners = new CopyOnWriteArrayList<>();

    /** Guards what writers share: the set-aside faults and the step from one table to the next. */
    private final Object writing = new Object();

    private final AtomicBoolean refreshing = new AtomicBoolean();
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
        TableChange made;
        synchronized (writing) {
            if (!expected.test(current)) {
                return null;
            }
            RoutingDraft draft = draft(change);
            if (!draft.faults().isEmpty()) {
                throw new RoutingException(draft.faults());
            }
            setAside.settle(draft.settled());
            made = publish(draft, 0);
        }
        return announce(made);
    }

    /** What {@link #apply} would do with a change, were it asked now. Changes nothing. */
    public RoutingPreview preview(RoutingChange change) {
        synchronized (writing) {
            RoutingDraft draft = draft(change);
            return draft.faults().isEmpty()
                    ? RoutingPreview.of(current, draft, assembly.problems(draft, current))
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
        return merge(table -> change, revision);
    }

    /**
     * Applies a change that goes by the table in force, as {@link #merge(RoutingChange, long)} does.
     *
     * @param change made of the table in force, while no other can come; must not change routing
     */
    public RoutingTable merge(Function<RoutingTable, RoutingChange> change, long revision) {
        TableChange made;
        synchronized (writing) {
            RoutingDraft draft = draft(change.apply(current));
            setAside.settle(draft.settled());
            setAside.add(draft.faults(), revision, options.clock().instant());
            made = publish(draft, revision);
        }
        return announce(made);
    }

    /** The types of filter that rules may name. */
    public FilterTypes filters() {
        return options.filters();
    }

    /** The types of balancer that policies may name. */
    public BalancerTypes balancers() {
        return options.balancers();
    }

    /** Faults that the configuration in force lives with, oldest first. */
    public List<RoutingProblem> problems() {
        return current.problems();
    }

    /**
     * Calls a listener after each new table, on the thread that made it. Steps made by several threads may be told at the
     * same time and in any order; it should look at {@link #current()} for what is in force.
     */
    public void onPublish(Consumer<TableChange> listener) {
        listeners.add(listener);
    }

    /** Ends the background look-up of names. The table stays in force. */
    @Override
    public void close() {
        names.close();
    }

    /** Look-ups that end while one of them waits for its turn are taken in with it. */
    private void refresh() {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        TableChange made;
        synchronized (writing) {
            refreshing.set(false);
            RoutingDraft draft = draft(RoutingChange.builder().build());
            draft.lookAgain();
            made = publish(draft, 0);
        }
        announce(made);
    }

    private RoutingDraft draft(RoutingChange change) {
        RoutingDraft draft = new RoutingDraft(current, options);
        draft.apply(change.edits());
        return draft;
    }

    private TableChange publish(RoutingDraft draft, long revision) {
        RoutingTable before = current;
        Assembled next = assembly.assemble(draft, before, setAside.problems());
        current = next.same() ? before.at(revision) : before.next(next.content(), revision);
        return new TableChange(before, current, next.domains(), next.upstreams(), next.policies());
    }

    private RoutingTable announce(TableChange made) {
        if (made.after().version() != made.before().version()) {
            listeners.forEach(listener -> listener.accept(made));
        }
        return made.after();
    }
}
