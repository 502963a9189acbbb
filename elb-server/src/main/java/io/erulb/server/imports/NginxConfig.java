package io.erulb.server.imports;

import io.erulb.server.imports.NginxStatement.End;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.ServerKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the upstreams in a configuration of nginx, in {@code http} or outermost as in an included file; every other block is
 * skipped. What an upstream says and ELB has no place for becomes a warning. For one thread.
 */
final class NginxConfig {
    private static final String FORMS = " (expected: ip, ip:port, host, host:port, [v6] or [v6]:port)";
    private static final String BALANCING = "requests go round robin, by weight";
    private static final String CONNECTIONS = "ELB keeps connections by settings of its own";
    private static final String NOT_NEEDED = "ELB does without";
    private static final String NO_PLACE = "ELB has no place for it";

    /** Why a directive of an upstream stays behind; of others it is that there is no place. */
    private static final Map<String, String> DIRECTIVES = Map.ofEntries(
            Map.entry("ip_hash", BALANCING),
            Map.entry("hash", BALANCING),
            Map.entry("least_conn", BALANCING),
            Map.entry("least_time", BALANCING),
            Map.entry("random", BALANCING),
            Map.entry("sticky", BALANCING),
            Map.entry("balancer_by_lua_block", BALANCING),
            Map.entry("keepalive", CONNECTIONS),
            Map.entry("keepalive_requests", CONNECTIONS),
            Map.entry("keepalive_time", CONNECTIONS),
            Map.entry("keepalive_timeout", CONNECTIONS),
            Map.entry("zone", NOT_NEEDED),
            Map.entry("resolver", NOT_NEEDED),
            Map.entry("resolver_timeout", NOT_NEEDED),
            Map.entry("include", "what it includes is not read; import that file as well"));

    /** Parameters that a server does without; others are for ELB to judge. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "resolve", "ELB looks names up again by itself",
            "slow_start", "a server that is back has its full weight at once",
            "route", BALANCING);

    private final String source;
    private final Cursor text;
    private final Deque<Block> open = new ArrayDeque<>();
    private final Map<String, Place> upstreams = new HashMap<>();
    private final Findings found = new Findings();

    private NginxConfig(String text, String source) {
        this.text = new Cursor(text);
        this.source = source;
    }

    /**
     * Reads a configuration.
     *
     * @param source what it is called
     * @throws UnreadableException where nginx would not go on, with the line
     */
    static Findings read(String text, String source) throws UnreadableException {
        NginxConfig config = new NginxConfig(text, source);
        config.read();
        return config.found;
    }

    /** What a block may hold. */
    private enum Kind {
        HTTP,
        STREAM,
        UPSTREAM,
        OTHER
    }

    /** A block that is open. */
    private static final class Block {
        private final Kind kind;
        private final String name;
        private final int line;
        private int servers;

        Block(Kind kind, String name, int line) {
            this.kind = kind;
            this.name = name;
            this.line = line;
        }
    }

    private void read() throws UnreadableException {
        NginxReader reader = new NginxReader(text);
        NginxStatement statement = reader.next();
        for (; statement.end() != End.FILE; statement = reader.next()) {
            if (statement.end() == End.CLOSE) {
                close(statement);
            } else if (LuaBlock.begins(statement)) {
                LuaBlock.skip(text);
                directive(statement);
            } else if (statement.end() == End.OPEN) {
                open.push(block(statement));
            } else {
                directive(statement);
            }
        }
        if (!open.isEmpty()) {
            throw new UnreadableException("line " + open.element().line + ": the block is not closed");
        }
    }

    private Kind within() {
        return open.isEmpty() ? Kind.HTTP : open.element().kind;
    }

    private Place at(NginxStatement statement) {
        return new Place(source, statement.line());
    }

    private void close(NginxStatement statement) throws UnreadableException {
        if (open.isEmpty()) {
            throw new UnreadableException("line " + statement.line() + ": } without a block");
        }
        Block closed = open.pop();
        if (closed.kind == Kind.UPSTREAM && closed.servers == 0) {
            found.warn(new Place(source, closed.line), "upstream " + closed.name + " has no servers here");
        }
    }

    private Block block(NginxStatement statement) {
        String name = statement.words().size() > 1 ? statement.words().get(1) : "";
        return new Block(kind(statement, name), name, statement.line());
    }

    private Kind kind(NginxStatement statement, String name) {
        Kind around = within();
        if (around == Kind.UPSTREAM) {
            leaveBehind(statement);
            return Kind.OTHER;
        }
        if (statement.name().equals("upstream") && around == Kind.STREAM) {
            found.warn(at(statement), "upstream " + name + " stands in stream and stays behind: ELB speaks HTTP");
            return Kind.OTHER;
        }
        if (statement.name().equals("upstream") && around == Kind.HTTP) {
            return upstream(statement, name);
        }
        boolean outermost = open.isEmpty();
        return outermost && statement.name().equals("http")
                ? Kind.HTTP
                : outermost && statement.name().equals("stream") ? Kind.STREAM : Kind.OTHER;
    }

    private Kind upstream(NginxStatement statement, String name) {
        if (statement.words().size() != 2 || !ConfigKey.isName(name)) {
            found.fault(at(statement), "upstream: " + name + " (expected: one name, without slashes)");
            return Kind.OTHER;
        }
        Place before = upstreams.putIfAbsent(name, at(statement));
        if (before != null) {
            String sentence = "upstream " + name + " stands twice, also at " + before + " (expected: once)";
            found.refuseWhole(Findings.upstreamPath(name), at(statement), sentence);
        }
        return Kind.UPSTREAM;
    }

    private void directive(NginxStatement statement) {
        Kind around = within();
        if (around == Kind.UPSTREAM && statement.name().equals("server")) {
            server(open.element(), statement);
        } else if (around == Kind.UPSTREAM) {
            leaveBehind(statement);
        } else if (around != Kind.OTHER && statement.name().equals("include")) {
            found.warn(at(statement), String.join(" ", statement.words()) + ": " + DIRECTIVES.get("include"));
        }
    }

    private void leaveBehind(NginxStatement statement) {
        String why = DIRECTIVES.getOrDefault(statement.name(), NO_PLACE);
        found.warn(
                at(statement),
                "upstream " + open.element().name + ": " + String.join(" ", statement.words()) + " stays behind: "
                        + why);
    }

    private void server(Block upstream, NginxStatement statement) {
        upstream.servers++;
        String address = statement.words().size() > 1 ? statement.words().get(1) : "";
        String where = "upstream " + upstream.name + ", server " + address;
        if (!ConfigKey.isName(address)) {
            found.fault(at(statement), where + FORMS);
            return;
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : statement.words().subList(2, statement.words().size())) {
            String why = PARAMETERS.get(parameter.replaceFirst("=.*", ""));
            if (why == null) {
                kept.add(parameter);
            } else {
                found.warn(at(statement), where + ": " + parameter + " stays behind: " + why);
            }
        }
        found.add(new ServerKey(upstream.name, address), String.join(" ", kept), at(statement));
    }
}
