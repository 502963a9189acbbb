package io.erulb.routing;

import io.erulb.upstream.Upstream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One configuration as a whole: every domain's compiled rules and every upstream. Immutable; a request takes one and
 * keeps it to its end. What hangs on its upstreams' peers (failures, connections in use) lives on over tables.
 */
public final class RoutingTable {
    static final RoutingTable EMPTY = new RoutingTable(
            0, 0, false, new Content(Collections.emptySortedMap(), Collections.emptySortedMap(), Map.of(), List.of()));

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
        return content.index.find(host);
    }

    /**
     * The upstream that a backend rule names: a configured one, else the host that the name itself is.
     *
     * @return null when it is neither
     */
    public @Nullable Upstream upstream(String name) {
        ConfiguredUpstream configured = content.upstreams.get(name);
        return configured != null ? configured.live() : content.hosts.get(name);
    }

    /** All domains by name, in the order of their names. */
    public Map<String, Domain> domains() {
        return content.domains;
    }

    /** All configured upstreams by name, in the order of their names. */
    public Map<String, ConfiguredUpstream> upstreams() {
        return content.upstreams;
    }

    /** Every upstream that a request may be sent to: the configured ones and the hosts that rules name. */
    public Stream<Upstream> liveUpstreams() {
        return Stream.concat(
                content.upstreams.values().stream().map(ConfiguredUpstream::live), content.hosts.values().stream());
    }

    /** Upstreams of one server that backend rules name by address. */
    Map<String, Upstream> hosts() {
        return content.hosts;
    }

    List<RoutingProblem> problems() {
        return content.problems;
    }

    Content content() {
        return content;
    }

    /** What two equal tables have equal. */
    static final class Content {
        private final SortedMap<String, Domain> domains;
        private final SortedMap<String, ConfiguredUpstream> upstreams;
        private final Map<String, Upstream> hosts;
        private final List<RoutingProblem> problems;
        private final DomainIndex index;

        Content(
                SortedMap<String, Domain> domains,
                SortedMap<String, ConfiguredUpstream> upstreams,
                Map<String, Upstream> hosts,
                List<RoutingProblem> problems) {
            this(domains, upstreams, hosts, problems, new DomainIndex(domains.values()));
        }

        /** With an index that was made of the domains already. */
        Content(
                SortedMap<String, Domain> domains,
                SortedMap<String, ConfiguredUpstream> upstreams,
                Map<String, Upstream> hosts,
                List<RoutingProblem> problems,
                DomainIndex index) {
            this.domains = Collections.unmodifiableSortedMap(domains);
            this.upstreams = Collections.unmodifiableSortedMap(upstreams);
            this.hosts = Map.copyOf(hosts);
            this.problems = List.copyOf(problems);
            this.index = index;
        }

        /** Domains and upstreams that did not change are the same objects, so this compares few of them in depth. */
        boolean sameAs(Content other) {
            return domains.equals(other.domains)
                    && upstreams.equals(other.upstreams)
                    && hosts.equals(other.hosts)
                    && problems.equals(other.problems);
        }
    }
}
