package io.erulb.routing;

import io.erulb.routing.RoutingFault.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * What a change would do to the configuration in force. Immutable.
 *
 * @param faults why it would be refused, in its order; empty when it would be applied
 * @param effects what would differ, domains first, by name; empty with faults
 * @param problems what the configuration would live with then and does not now; empty with faults
 */
public record RoutingPreview(List<RoutingFault> faults, List<Effect> effects, List<RoutingFault> problems) {

    /** Copies the lists. */
    public RoutingPreview {
        faults = List.copyOf(faults);
        effects = List.copyOf(effects);
        problems = List.copyOf(problems);
    }

    /** What would become of one domain or upstream. */
    public record Effect(Kind kind, String name, Action action) {}

    /** What can become of a domain or upstream. */
    public enum Action {
        /** It is new. */
        ADD,
        /** It is there and has other content. */
        REPLACE,
        /** It goes. */
        REMOVE
    }

    /** Throws what {@link LiveRouting#apply} would: {@link RoutingException} with every fault, if there is any. */
    public void throwIfRefused() {
        if (!faults.isEmpty()) {
            throw new RoutingException(faults);
        }
    }

    /** The problems of rules that name an upstream which the change removes. */
    public List<RoutingFault> orphans() {
        Set<String> removed = new HashSet<>();
        effects.stream()
                .filter(effect -> effect.kind() == Kind.UPSTREAM && effect.action() == Action.REMOVE)
                .forEach(effect -> removed.add(effect.name()));
        return problems.stream()
                .filter(problem -> problem.kind() == Kind.DOMAIN && removed.contains(problem.value()))
                .toList();
    }

    static RoutingPreview refused(List<RoutingFault> faults) {
        return new RoutingPreview(faults, List.of(), List.of());
    }

    /** What a draft without faults would do; {@code problems} are all those it would live with. */
    static RoutingPreview of(RoutingTable table, RoutingDraft draft, List<RoutingFault> problems) {
        List<Effect> effects = new ArrayList<>();
        compare(Kind.DOMAIN, table.domains(), draft.domains(), (old, next) -> old == next, effects);
        compare(
                Kind.UPSTREAM,
                table.upstreams(),
                draft.upstreams(),
                (old, next) -> RoutingDraft.same(old.parameters(), next),
                effects);
        Set<RoutingFault> known = new HashSet<>();
        table.problems().forEach(problem -> known.add(problem.fault()));
        List<RoutingFault> fresh =
                problems.stream().filter(problem -> !known.contains(problem)).toList();
        return new RoutingPreview(List.of(), effects, fresh);
    }

    private static <A, B> void compare(
            Kind kind, Map<String, A> before, Map<String, B> after, BiPredicate<A, B> same, List<Effect> effects) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            A old = before.get(name);
            B next = after.get(name);
            if (old == null) {
                effects.add(new Effect(kind, name, Action.ADD));
            } else if (next == null) {
                effects.add(new Effect(kind, name, Action.REMOVE));
            } else if (!same.test(old, next)) {
                effects.add(new Effect(kind, name, Action.REPLACE));
            }
        }
    }
}
