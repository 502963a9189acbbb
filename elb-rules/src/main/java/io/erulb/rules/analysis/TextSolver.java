package io.erulb.rules.analysis;

import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts for assumptions about one of them, or proves that there are none: by a guess, then by texts of what has to
 * match, which are tried as the filters would, and last by automata of everything together.
 */
final class TextSolver {
    /** How many texts are tried before automata of what must not match are made. */
    private static final int GUESSES = 24;

    /** The path of OPTIONS for a server as a whole, which no URL can have. */
    private static final String ASTERISK = "*";

    private static final int QUICK = 2_000;
    private static final int THOROUGH = 20_000;

    private final Languages languages;
    private final Work work;

    TextSolver(Languages languages, Work work) {
        this.languages = languages;
        this.work = work;
    }

    Outcome solve(Subject subject, List<Assumption> assumptions) {
        boolean present = !subject.optional() || assumptions.stream().anyMatch(Assumption::matched);
        if (!present) {
            return new Outcome.Texts(List.of());
        }
        if (Shares.of(assumptions).areEmpty(true)) {
            return new Outcome.Never();
        }
        return subject.kind() == Subject.Kind.HEADER
                ? new HeaderLines(this, subject, assumptions).solve()
                : one(subject, assumptions);
    }

    /** One text that all assumptions are about. */
    Outcome one(Subject subject, List<Assumption> assumptions) {
        List<Assumption> exact =
                assumptions.stream().filter(one -> !one.isBounded()).toList();
        if (exact.size() < assumptions.size() && one(subject, exact) instanceof Outcome.Never) {
            return new Outcome.Never();
        }
        Predicate<String> fits = text -> fit(assumptions, text);
        Outcome outcome = one(subject, assumptions, fits);
        boolean asterisk = subject.kind() == Subject.Kind.PATH && fits.test(ASTERISK);
        // What a pattern matches that may give up is not for one try to tell.
        boolean proven = !asterisk && exact.size() == assumptions.size() && !work.isSpent();
        return outcome instanceof Outcome.Never && !proven ? new Outcome.Perhaps() : outcome;
    }

    private boolean fit(List<Assumption> assumptions, String text) {
        for (Assumption one : assumptions) {
            work.spend(one.cost());
            if (!one.fits(text)) {
                return false;
            }
        }
        return true;
    }

    private Outcome one(Subject subject, List<Assumption> assumptions, Predicate<String> fits) {
        for (String guess : guesses(subject)) {
            if (fits.test(guess)) {
                return found(guess);
            }
        }
        Outcome listed = listed(assumptions, fits.and(text -> Operations.run(Bases.of(subject.kind()), text)));
        if (listed != null) {
            return listed;
        }
        List<Automaton> wanted = wanted(subject, assumptions);
        TextSearch.Found found = TextSearch.search(wanted, fits, GUESSES, QUICK, work);
        if (found.fitting() != null) {
            return found(found.fitting());
        }
        if (found.isNever() || isRuledOut(wanted, assumptions, found.texts())) {
            return new Outcome.Never();
        }
        return everything(wanted, assumptions, fits);
    }

    private static Outcome found(String text) {
        return new Outcome.Texts(List.of(text));
    }

    private static List<String> guesses(Subject subject) {
        return switch (subject.kind()) {
            case PATH -> List.of("/");
            case HOST -> List.of("www.example");
            default -> List.of("x", "");
        };
    }

    /** Where few texts can match, they are all there is to try. */
    private static @Nullable Outcome listed(List<Assumption> assumptions, Predicate<String> fits) {
        for (Assumption one : assumptions) {
            if (one.matched()
                    && one.bare() instanceof Condition.Text text
                    && text.texts() instanceof Texts.Equal equal
                    && !equal.ignoreCase()) {
                return equal.texts().stream()
                        .filter(fits)
                        .findFirst()
                        .map(TextSolver::found)
                        .orElse(new Outcome.Never());
            }
        }
        return null;
    }

    /** What the text can be at all, and those sets it has to be in that are known. */
    private List<Automaton> wanted(Subject subject, List<Assumption> assumptions) {
        List<Automaton> wanted = new ArrayList<>(List.of(Bases.of(subject.kind())));
        for (Assumption one : assumptions) {
            if (one.matched() && one.bare() instanceof Condition.Text text) {
                add(wanted, languages.of(text.texts(), false));
            }
        }
        return wanted;
    }

    private static void add(List<Automaton> all, @Nullable Automaton language) {
        if (language != null) {
            all.add(language);
        }
    }

    /** Whether a single set that the text must not be in holds all that it could be. */
    private boolean isRuledOut(List<Automaton> wanted, List<Assumption> assumptions, List<String> samples) {
        for (Assumption one : assumptions) {
            if (!one.matched()
                    && one.bare() instanceof Condition.Text condition
                    && samples.stream().noneMatch(one::fits)) {
                Automaton others = languages.of(condition.texts(), true);
                if (others != null) {
                    List<Automaton> all = new ArrayList<>(wanted);
                    all.add(others);
                    if (TextSearch.search(all, text -> true, 1, QUICK, work).isNever()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private Outcome everything(List<Automaton> wanted, List<Assumption> assumptions, Predicate<String> fits) {
        List<Automaton> all = new ArrayList<>(wanted);
        for (Assumption one : assumptions) {
            if (!one.matched() && one.bare() instanceof Condition.Text text) {
                add(all, languages.of(text.texts(), true));
            }
        }
        TextSearch.Found found = TextSearch.search(all, fits, GUESSES, THOROUGH, work);
        if (found.fitting() != null) {
            return found(found.fitting());
        }
        if (found.isNever()) {
            return new Outcome.Never();
        }
        return Shares.of(assumptions).any() ? Enumeration.search(all, fits) : new Outcome.Perhaps();
    }
}
