package io.erulb.admin;

import static java.util.Objects.requireNonNull;

import io.erulb.routing.ConfigSource;
import io.erulb.routing.Fleet;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.LiveTraffic;
import io.erulb.routing.RecentTraffic;
import io.erulb.routing.RoutingTable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The admin API as Undertow handlers: reads and changes what a {@link LiveRouting} has in force, and dumps it to a
 * {@link ConfigSource}.
 *
 * <p>Who may call: without a token, peers on the loopback interface whose request carries no {@code X-Forwarded-For},
 * {@code Forwarded} or {@code Via}; for everyone else the API does not exist. With a token, whoever sends it as a
 * bearer token (RFC 6750), from anywhere, and nobody else.
 *
 * <p>Immutable and safe for use by many threads. Calls run on Undertow's worker threads; requests that are none of the
 * API's stay where they are.
 */
public final class ElbAdmin {
    private final AdminHandler handler;
    private final Access access;
    private final ConfigTags tags;

    private ElbAdmin(Builder builder) {
        tags = new ConfigTags(builder.routing);
        FleetWait wait = new FleetWait(builder.fleet, tags);
        Lint lint = new Lint();
        Foresight foresight = new Foresight(builder.routing, builder.recent);
        Changes changes = new Changes(builder.routing, builder.source, wait, lint, foresight);
        List<Resource> resources = List.of(
                new DocumentResource("domain", Documents.RULES, builder.routing, changes, tags::domains),
                new UpstreamResource(builder.routing, changes, tags),
                new DocumentResource("policy", Documents.POLICIES, builder.routing, changes, tags::policies),
                new ConfigResource(builder.routing, changes, tags),
                new HistoryResource(builder.source),
                new RollbackResource(builder.source, changes, tags),
                new ExplainResource(builder.routing),
                new LintResource(builder.routing, lint),
                new GraphResource(builder.routing, builder.traffic),
                new WhatIfResource(builder.routing, foresight),
                new DumpResource(builder.routing, builder.source, changes, tags),
                new FleetResource(builder.fleet),
                new StatusResource(builder.routing, builder.source),
                new HealthResource(builder.routing, builder.source));
        this.access = new Access(builder.token);
        this.handler = new AdminHandler(access, withPage(resources), builder.maxBody);
    }

    private static List<Resource> withPage(List<Resource> resources) {
        return Stream.concat(resources.stream(), Page.files().stream()).toList();
    }

    /**
     * A builder of the API.
     *
     * @param routing what is read and changed
     * @param source where it is dumped to; {@link ConfigSource#none()} when nowhere
     */
    public static Builder builder(LiveRouting routing, ConfigSource source) {
        return new Builder(requireNonNull(routing, "routing"), requireNonNull(source, "source"));
    }

    /**
     * Puts the API and its page before another handler: targets of exactly {@code /__erulb__/NAME}, {@code /__erulb__/history/ID}, {@code
     * /__erulb__/rollback/ID} and {@code /__erulb__/graph/DOMAIN}, whatever the host, are the API's; all others, {@code
     * /__erulb__/x/y} among them, go on untouched at the cost of comparing a prefix. A handler before it must not have taken
     * the request's body or started blocking.
     */
    public HttpHandler guard(HttpHandler next) {
        requireNonNull(next, "next");
        return exchange -> {
            AdminPath path = AdminPath.of(exchange);
            if (path == null) {
                next.handleRequest(exchange);
            } else {
                handler.serve(exchange, path);
            }
        };
    }

    /**
     * A digest of what a table configures: the same wherever the same is configured, and what {@code ETag} of
     * {@code GET /__erulb__/config} has between its quotes.
     */
    public String tag(RoutingTable table) {
        return tags.digest(table);
    }

    /**
     * Whether who sent a request that is none of the API's may be told which way it takes, for {@link
     * io.erulb.proxy.ElbProxyBuilder#explainTo}: whoever may call, but that the token stands bare in a field {@code
     * ELB-Token}, since {@code Authorization} is the client's and its server's. Never blocks.
     */
    public boolean mayExplain(HttpServerExchange exchange) {
        return access.mayExplain(exchange);
    }

    /** The API alone, for a listener of its own: every other target is answered 404. */
    public HttpHandler standalone() {
        return guard(Answer.NOT_FOUND::send);
    }

    /** Settings of the API, each with a default. Not safe for use by many threads. */
    public static final class Builder {
        private static final int DEFAULT_MAX_BODY = 64 * 1024 * 1024;

        private final LiveRouting routing;
        private final ConfigSource source;
        private Fleet fleet = Fleet.none();
        private @Nullable LiveTraffic traffic;
        private RecentTraffic recent = RecentTraffic.none();
        private @Nullable String token;
        private int maxBody = DEFAULT_MAX_BODY;

        private Builder(LiveRouting routing, ConfigSource source) {
            this.routing = routing;
            this.source = source;
        }

        /**
         * The bearer token that every caller must send; by default none, so that only loopback peers may call.
         *
         * @throws IllegalArgumentException when it is empty or has other than visible ASCII characters, which no
         *     Authorization header could carry; the message does not repeat it
         */
        public Builder token(@Nullable String bearerToken) {
            if (bearerToken != null && !bearerToken.matches("[!-~]+")) {
                throw new IllegalArgumentException(
                        "token: (not shown) (expected: at least one character, all visible ASCII without blanks)");
            }
            this.token = bearerToken;
            return this;
        }

        /** The instances to list, and to wait for after a write to the store; by default none. */
        public Builder fleet(Fleet instances) {
            this.fleet = requireNonNull(instances, "fleet");
            return this;
        }

        /** What is counted of the rules' edges; by default nothing is, and all figures are 0. */
        public Builder traffic(LiveTraffic counted) {
            this.traffic = requireNonNull(counted, "traffic");
            return this;
        }

        /** The requests of late, which changes are tried on; by default none are kept. */
        public Builder recent(RecentTraffic requests) {
            this.recent = requireNonNull(requests, "recent");
            return this;
        }

        /** The most bytes a request's body may have, beyond which it is answered 413; by default 64 MiB. */
        public Builder maxBody(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxBody: " + bytes + " (expected: at least 1)");
            }
            this.maxBody = bytes;
            return this;
        }

        /** The API. */
        public ElbAdmin build() {
            return new ElbAdmin(this);
        }
    }
}
