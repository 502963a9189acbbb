package io.erulb.routing.policy;

import com.google.gson.JsonObject;
import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.UpstreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * How one upstream is balanced, tried and watched. Immutable; equal when the documents say the same, whatever blanks and the order of
 * members.
 */
public final class Policy {
    /** What an upstream without a policy goes by. */
    public static final Policy NONE = new Policy(new JsonObject(), Sections.NONE);

    private final JsonObject document;
    private final String json;
    private final Sections sections;

    private Policy(JsonObject document, Sections sections) {
        this.document = document;
        this.json = document.toString();
        this.sections = sections;
    }

    /** What the sections say. */
    private record Sections(
            BalancerPolicy balancer,
            HealthPolicy health,
            TimeoutPolicy timeouts,
            RetryPolicy retry,
            @Nullable StickyPolicy sticky,
            @Nullable QueuePolicy queue) {
        static final Sections NONE = new Sections(
                BalancerPolicy.USUAL, HealthPolicy.NONE, TimeoutPolicy.USUAL, RetryPolicy.USUAL, null, null);
    }

    /**
     * Reads a policy.
     *
     * @param json strict JSON (RFC 8259)
     * @param balancers the types it may name
     * @throws PolicyException with everything that is wrong
     */
    public static Policy parse(String json, BalancerTypes balancers) {
        JsonObject document = PolicyReader.read(json);
        FaultList faults = new FaultList();
        PolicyArgs args = new PolicyArgs(faults, "", document);
        Sections sections = new Sections(
                BalancerPolicy.read(args.object("balancer"), balancers),
                HealthPolicy.read(args),
                TimeoutPolicy.read(args.object("timeouts")),
                RetryPolicy.read(args.object("retry")),
                StickyPolicy.read(args.object("sticky")),
                QueuePolicy.read(args.object("queue")));
        args.refuseUnknown();
        faults.throwIfAny();
        return new Policy(document, sections);
    }

    /** The document as compact JSON. */
    public String toJson() {
        return json;
    }

    /** A text that equal policies have in common, and others do not. */
    public String canonical() {
        return CanonicalJson.of(document).toString();
    }

    /** What the upstream's balancing goes by, where this policy says nothing else by the usual. */
    public UpstreamOptions applyTo(UpstreamOptions usual) {
        UpstreamOptions options = sections.balancer.applyTo(usual);
        if (!sections.health.equals(HealthPolicy.NONE)) {
            options = options.withHealth(sections.health.options());
        }
        RetryPolicy retry = sections.retry;
        return retry.budgetPercent() == 0 && retry.hedge() == null
                ? options
                : options.withRetryPercent(retry.budgetPercent()).withHedge(retry.hedge());
    }

    /** How servers are checked; null when they are not. */
    public @Nullable CheckPolicy check() {
        return sections.health.check();
    }

    /** What requests are known by to the balancer; null when it does not ask. */
    public @Nullable HashKey key() {
        return sections.balancer.key();
    }

    /** How long servers are waited for. */
    public TimeoutPolicy timeouts() {
        return sections.timeouts;
    }

    /** When a request goes to another server. */
    public RetryPolicy retry() {
        return sections.retry;
    }

    /** How clients are bound to servers; null when they are not. */
    public @Nullable StickyPolicy sticky() {
        return sections.sticky;
    }

    /** How requests wait for room at a server; null when they do not. */
    public @Nullable QueuePolicy queue() {
        return sections.queue;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy policy && document.equals(policy.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    /** The same as {@link #toJson}. */
    @Override
    public String toString() {
        return json;
    }
}
