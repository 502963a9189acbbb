package io.erulb.routing;

import io.erulb.routing.RoutingDraft.Place;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.rules.RuleGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do to the configuration in force. Immutable.
 *
 * @param faults why it would be refused, in its order; empty when it would be applied
 * @param effects what would differ, domains first, policies last, by name; empty with faults
 * @param problems what the configuration would live with then and does not now; empty with faults
 * @param graphs the rules of those domains that would be added or replaced, in the order of their names; empty with faults
 */
public record RoutingPreview(
        List<RoutingFault> faults,
        List<Effect> effects,
        List<RoutingFault> problems,
        SortedMap<String, RuleGraph> graphs) {

    /** Copies the collections. */
    public RoutingPreview {
        faults = List.copyOf(faults);
        effects = List.copyOf(effects);
        problems = List.copyOf(problems);
        graphs = Collections.unmodifiableSortedMap(new TreeMap<>(graphs));
    }

    /** What would become of one domain, upstream or policy. */
    public record Effect(Kind kind, String name, Action action) {}

    /** What can become of a domain, upstream or policy. */
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
        return new RoutingPreview(faults, List.of(), List.of(), new TreeMap<>());
    }

    /** What a draft without faults would do; {@code problems} are all those it would live with. */
    static RoutingPreview of(RoutingTable table, RoutingDraft draft, List<RoutingFault> problems) {
        List<Effect> effects = new ArrayList<>();
        draft.changedDomains()
                .forEach(name -> compare(
                        new Place(Kind.DOMAIN, name, null),
                        table.domains().get(name),
                        draft.domains().get(name),
                        (old, next) -> old == next,
                        effects));
        draft.changedUpstreams()
                .forEach(name -> compare(
                        new Place(Kind.UPSTREAM, name, null),
                        table.upstreams().get(name),
                        draft.servers(name),
                        (old, next) -> RoutingDraft.same(old.parameters(), next),
                        effects));
        draft.policies()
                .changed()
                .forEach(name -> compare(
                        new Place(Kind.POLICY, name, null),
                        table.policies().get(name),
                        draft.policies().policies().get(name),
                        Object::equals,
                        effects));
        Set<RoutingFault> known = new HashSet<>();
        table.problems().forEach(problem -> known.add(problem.fault()));
        List<RoutingFault> fresh =
                problems.stream().filter(problem -> !known.contains(problem)).toList();
        return new RoutingPreview(List.of(), effects, fresh, graphs(effects, draft));
    }

    private static SortedMap<String, RuleGraph> graphs(List<Effect> effects, RoutingDraft draft) {
        SortedMap<String, RuleGraph> graphs = new TreeMap<>();
        for (Effect effect : effects) {
            Domain domain = effect.kind() == Kind.DOMAIN ? draft.domains().get(effect.name()) : null;
            if (domain != null) {
                graphs.put(effect.name(), domain.graph());
            }
        }
        return graphs;
    }

    private static <A, B> void compare(
            Place place, @Nullable A old, @Nullable B next, BiPredicate<A, B> same, List<Effect> effects) {
        if (next == null) {
            if (old != null) {
                effects.add(new Effect(place.kind(), place.name(), Action.REMOVE));
            }
        } else if (old == null) {
            effects.add(new Effect(place.kind(), place.name(), Action.ADD));
        } else if (!same.test(old, next)) {
            effects.add(new Effect(place.kind(), place.name(), Action.REPLACE));
        }
    }
}
