package io.erulb.rules.analysis;

import io.erulb.rules.StableHash;
import io.erulb.rules.spi.Condition;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out whether assumptions about one subject can hold together. For one analysis, by one thread. */
final class Solver {
    private static final List<String> USUAL_METHODS =
            List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "OTHER");

    private static final int MOST_ADDRESSES = 4_096;

    private record Question(Subject subject, Set<Assumption> assumptions) {}

    private final Map<Question, Outcome> answers = new HashMap<>();
    private final Map<String, Addresses> listed = new HashMap<>();
    private final TextSolver texts;
    private final Work work;

    Solver(Work work) {
        this.work = work;
        this.texts = new TextSolver(new Languages(), work);
    }

    /** Whether they can; those of a subject that was asked about before cost nothing. */
    Outcome solve(Subject subject, List<Assumption> assumptions) {
        if (work.isSpent()) {
            return new Outcome.Perhaps();
        }
        work.spend(assumptions.size());
        Question question = new Question(subject, Set.copyOf(assumptions));
        Outcome known = answers.get(question);
        if (known == null) {
            known = answer(subject, assumptions);
            answers.put(question, known);
        }
        return known;
    }

    private Outcome answer(Subject subject, List<Assumption> assumptions) {
        return switch (subject.kind()) {
            case METHOD -> method(assumptions);
            case CLIENT -> client(assumptions);
            case CLOCK -> clock(assumptions);
            default -> texts.solve(subject, assumptions);
        };
    }

    private static Outcome method(List<Assumption> assumptions) {
        Set<String> candidates = new HashSet<>(USUAL_METHODS);
        boolean listed = false;
        for (Assumption one : assumptions) {
            Set<String> methods = ((Condition.Method) one.bare()).methods();
            if (one.matched()) {
                candidates.addAll(methods);
                listed = true;
            }
        }
        for (String candidate : sorted(candidates)) {
            if (assumptions.stream().allMatch(one -> fits(one, candidate))) {
                return new Outcome.Texts(List.of(candidate));
            }
        }
        return listed ? new Outcome.Never() : unusualMethod(assumptions);
    }

    private static List<String> sorted(Set<String> methods) {
        return methods.stream()
                .sorted((a, b) -> {
                    int byUse = Integer.compare(rank(a), rank(b));
                    return byUse != 0 ? byUse : a.compareTo(b);
                })
                .toList();
    }

    private static int rank(String method) {
        int at = USUAL_METHODS.indexOf(method);
        return at < 0 ? USUAL_METHODS.size() : at;
    }

    private static boolean fits(Assumption one, String method) {
        return ((Condition.Method) one.bare()).methods().contains(method) == one.matched();
    }

    /** There are more methods than any rules can name. */
    private static Outcome unusualMethod(List<Assumption> assumptions) {
        String method = "OTHER";
        while (true) {
            method += "X";
            String candidate = method;
            if (assumptions.stream().allMatch(one -> fits(one, candidate))) {
                return new Outcome.Texts(List.of(candidate));
            }
        }
    }

    private Outcome client(List<Assumption> assumptions) {
        Shares shares = Shares.of(assumptions);
        Addresses possible = Addresses.ALL;
        for (Assumption one : assumptions) {
            if (one.bare() instanceof Condition.Client client) {
                Addresses blocks = listed.computeIfAbsent(one.rule(), rule -> Addresses.of(client.ranges()));
                work.spend(possible.size() + blocks.size());
                possible = possible.and(one.matched() ? blocks : blocks.complement());
            }
        }
        if (possible.isEmpty() || shares.areEmpty(true)) {
            return new Outcome.Never();
        }
        for (InetAddress address : possible.some(shares.any() ? MOST_ADDRESSES : 1)) {
            if (assumptions.stream().allMatch(one -> fits(one, address))) {
                return new Outcome.Address(address);
            }
        }
        return possible.fitIn(MOST_ADDRESSES) ? new Outcome.Never() : new Outcome.Perhaps();
    }

    private static boolean fits(Assumption one, InetAddress address) {
        return !(one.bare() instanceof Condition.Share share)
                || StableHash.fraction(share.salt(), address.getHostAddress()) < share.share() == one.matched();
    }

    private static Outcome clock(List<Assumption> assumptions) {
        BitSet minutes = new BitSet();
        minutes.set(0, 7 * 24 * 60);
        Condition.Clock any = (Condition.Clock) assumptions.get(0).bare();
        for (Assumption one : assumptions) {
            BitSet open = ((Condition.Clock) one.bare()).minutes();
            if (one.matched()) {
                minutes.and(open);
            } else {
                minutes.andNot(open);
            }
        }
        return minutes.isEmpty() ? new Outcome.Never() : new Outcome.Minute(any, minutes.nextSetBit(0));
    }
}
