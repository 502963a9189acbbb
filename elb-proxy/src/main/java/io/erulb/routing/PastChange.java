package io.erulb.routing;

import io.erulb.routing.RoutingFault.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of configuration that was made. Immutable.
 *
 * @param id its name in the history
 * @param at when it was made
 * @param author who made it and why
 * @param stored whether the store was changed, rather than one instance's memory
 * @param edits what it changed, domains first, in the order of the names
 */
public record PastChange(String id, Instant at, ChangeAuthor author, boolean stored, List<Edit> edits) {

    /** Copies the list. */
    public PastChange {
        edits = List.copyOf(edits);
    }

    /**
     * What became of one value.
     *
     * @param kind whether it is a domain's document, the parameters of a server of an upstream, or an upstream's policy
     * @param name of the domain or upstream
     * @param server of the upstream, null for a domain or policy
     * @param before what it was, null when it was not there, or when values were not asked for
     * @param after what it became, null when it went, or when values were not asked for
     */
    public record Edit(
            Kind kind,
            String name,
            @Nullable String server,
            @Nullable String before,
            @Nullable String after) {}

    /** The change that gives everything this one changed the value it had before. */
    public RoutingChange back() {
        RoutingChange.Builder back = RoutingChange.builder();
        for (Edit edit : edits) {
            String server = edit.server();
            if (server == null) {
                putBack(back, edit);
            } else if (edit.before() == null) {
                back.removeServer(edit.name(), server);
            } else {
                back.putServer(edit.name(), server, edit.before());
            }
        }
        return back.build();
    }

    private static void putBack(RoutingChange.Builder back, Edit document) {
        String name = document.name();
        String before = document.before();
        if (document.kind() == Kind.DOMAIN) {
            if (before == null) {
                back.removeDomain(name);
            } else {
                back.putDomain(name, before);
            }
        } else if (before == null) {
            back.removePolicy(name);
        } else {
            back.putPolicy(name, before);
        }
    }
}
