package io.erulb.rules.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Looks for texts that are in each of some languages: shortest first, through the product of their automata, which is made no
 * further than needed. For one search.
 */
final class TextSearch {
    /** The characters that a person would choose first. */
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_./ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final List<Automaton> languages;
    private final Predicate<String> fits;
    private final Work work;
    private final int mostTexts;
    private final int mostStates;
    private final Set<List<Integer>> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private final List<String> texts = new ArrayList<>();
    private @Nullable String fitting;

    /** A state of the product, and how it was come by. */
    private record Place(List<Integer> states, @Nullable Place before, int codePoint) {
        String text() {
            StringBuilder reversed = new StringBuilder();
            for (Place place = this; place.before != null; place = place.before) {
                reversed.appendCodePoint(place.codePoint);
            }
            int[] points = reversed.codePoints().toArray();
            StringBuilder text = new StringBuilder();
            for (int i = points.length - 1; i >= 0; i--) {
                text.appendCodePoint(points[i]);
            }
            return text.toString();
        }
    }

    private TextSearch(List<Automaton> languages, Predicate<String> fits, int mostTexts, int mostStates, Work work) {
        this.languages = languages;
        this.work = work;
        this.fits = fits;
        this.mostTexts = mostTexts;
        this.mostStates = mostStates;
    }

    /**
     * Some texts in all of the languages.
     *
     * @param fitting the first that fits; null when none of those does
     * @param texts those looked at, shortest first, each by another way through the automata
     * @param complete whether the search came to its end: then no texts means that there are none
     */
    record Found(@Nullable String fitting, List<String> texts, boolean complete) {
        /** Whether there are no texts. */
        boolean isNever() {
            return complete && texts.isEmpty();
        }
    }

    /**
     * Searches until a text fits.
     *
     * @param languages deterministic, without dead states
     * @param mostTexts how many texts are enough
     * @param mostStates how many states of the product are looked at
     * @param work what may be spent on it
     */
    static Found search(List<Automaton> languages, Predicate<String> fits, int mostTexts, int mostStates, Work work) {
        return new TextSearch(languages, fits, mostTexts, mostStates, work).search();
    }

    private Found search() {
        if (languages.stream().anyMatch(language -> language.getNumStates() == 0)) {
            return new Found(null, List.of(), true);
        }
        visit(new Place(languages.stream().map(language -> 0).toList(), null, 0));
        while (!open.isEmpty() && fitting == null && texts.size() < mostTexts) {
            if (seen.size() > mostStates || work.isSpent()) {
                return new Found(null, texts, false);
            }
            expand(open.remove());
        }
        return new Found(fitting, texts, open.isEmpty());
    }

    private void visit(Place place) {
        if (!seen.add(place.states)) {
            return;
        }
        open.add(place);
        for (int i = 0; i < languages.size(); i++) {
            if (!languages.get(i).isAccept(place.states.get(i))) {
                return;
            }
        }
        if (fitting == null && texts.size() < mostTexts) {
            String text = place.text();
            texts.add(text);
            fitting = fits.test(text) ? text : null;
        }
    }

    /** Between two starts of transitions every character does the same, so one of them stands for all. */
    private void expand(Place place) {
        TreeSet<Integer> starts = new TreeSet<>();
        Transition transition = new Transition();
        for (int i = 0; i < languages.size(); i++) {
            Automaton language = languages.get(i);
            int count = language.initTransition(place.states.get(i), transition);
            for (int t = 0; t < count; t++) {
                language.getNextTransition(transition);
                starts.add(transition.min);
                starts.add(transition.max + 1);
            }
        }
        work.spend((long) starts.size() * languages.size());
        for (int start : starts) {
            Integer end = starts.higher(start);
            if (end != null) {
                step(place, representative(start, end - 1));
            }
        }
    }

    private void step(Place place, int codePoint) {
        Integer[] next = new Integer[languages.size()];
        for (int i = 0; i < next.length; i++) {
            int state = languages.get(i).step(place.states.get(i), codePoint);
            if (state < 0) {
                return;
            }
            next[i] = state;
        }
        visit(new Place(Arrays.asList(next), place, codePoint));
    }

    private static int representative(int from, int to) {
        for (int i = 0; i < PLAIN.length(); i++) {
            char c = PLAIN.charAt(i);
            if (c >= from && c <= to) {
                return c;
            }
        }
        return from < ' ' && to >= ' ' ? ' ' : from;
    }
}
