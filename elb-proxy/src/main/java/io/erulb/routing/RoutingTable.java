package io.erulb.routing;

import io.erulb.routing.policy.Policy;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.Upstream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * One configuration as a whole: every domain's compiled rules and every upstream. Immutable; a request takes one and
 * keeps it to its end. What hangs on its upstreams' peers (failures, connections in use) lives on over tables.
 */
public final class RoutingTable {
    static final RoutingTable EMPTY = new RoutingTable(
            0,
            0,
            false,
            new Content(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    DomainIndex.EMPTY,
                    PartedMap.empty(),
                    Wiring.NONE,
                    TreePMap.empty(),
                    List.of()));

    private final long version;
    private final long sourceRevision;
    private final boolean loaded;
    private final Content content;

    private RoutingTable(long version, long sourceRevision, boolean loaded, Content content) {
        this.version = version;
        this.sourceRevision = sourceRevision;
        this.loaded = loaded;
        this.content = content;
    }

    RoutingTable next(Content newContent, long revision) {
        return new RoutingTable(version + 1, Math.max(sourceRevision, revision), true, newContent);
    }

    /** The same configuration, seen again at a later revision of its source. */
    RoutingTable at(long revision) {
        return loaded && revision <= sourceRevision
                ? this
                : new RoutingTable(Math.max(version, 1), Math.max(sourceRevision, revision), true, content);
    }

    /** Grows with each configuration that differs from the one before; 0 before the first. */
    public long version() {
        return version;
    }

    /** The latest revision of the store that this table takes into account, 0 when none. */
    public long sourceRevision() {
        return sourceRevision;
    }

    /** Whether a configuration, be it an empty one, is in force. */
    public boolean loaded() {
        return loaded;
    }

    /**
     * The domain that a request belongs to: by the name as it stands (with port), then ignoring case, one trailing dot
     * and the port, then the longest wildcard ({@code *.example.com} takes every depth below), then {@code *}.
     *
     * @param host the Host field, or the authority of the request target; may be empty
     * @return null when no domain takes it
     */
    public @Nullable Domain domain(String host) {
        return content.index().find(host);
    }

    /**
     * The upstream that a backend rule names: a configured one, else the host that the name itself is.
     *
     * @return null when it is neither
     */
    public @Nullable Upstream upstream(String name) {
        Target target = target(name);
        return target == null ? null : target.live();
    }

    /**
     * The same with what it goes by.
     *
     * @return null when the name is neither
     */
    public @Nullable Target target(String name) {
        return content.targets().get(name);
    }

    /** All domains by name, in the order of their names. */
    public Map<String, Domain> domains() {
        return content.domains();
    }

    /** All configured upstreams by name, in the order of their names. */
    public Map<String, ConfiguredUpstream> upstreams() {
        return content.upstreams();
    }

    /** All policies by the name of their upstream, in the order of the names. */
    public Map<String, Policy> policies() {
        return content.policies();
    }

    /** Every upstream that a request may be sent to: the configured ones and the hosts that rules name. */
    public Stream<Upstream> liveUpstreams() {
        return Stream.concat(
                content.upstreams().values().stream().map(ConfiguredUpstream::live), content.hosts().values().stream());
    }

    /** Faults that it lives with, oldest first. */
    public List<RoutingProblem> problems() {
        return content.problems();
    }

    Content content() {
        return content;
    }

    /**
     * What is configured and what follows from it. What did not change is the same object as in the table before.
     *
     * @param hosts upstreams of one server that backend rules name by address
     * @param index finds a request's domain
     * @param targets finds the upstream or host that a rule names
     * @param unresolved those servers without an address, by the name of their upstream or host
     * @param problems what it lives with
     */
    record Content(
            TreePMap<String, Domain> domains,
            TreePMap<String, ConfiguredUpstream> upstreams,
            TreePMap<String, Upstream> hosts,
            TreePMap<String, Policy> policies,
            DomainIndex index,
            PartedMap<Target> targets,
            Wiring wiring,
            TreePMap<String, List<ResolvedServer>> unresolved,
            List<RoutingProblem> problems) {
        Content {
            problems = List.copyOf(problems);
        }
    }
}
