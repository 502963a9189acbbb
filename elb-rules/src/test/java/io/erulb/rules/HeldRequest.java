package io.erulb.rules;

import java.util.ArrayList;
import java.util.List;

/** A request that is under way until the test ends it. */
public final class HeldRequest extends FactsView {
    private final List<Runnable> actions = new ArrayList<>();

    /** A request of these facts. */
    public HeldRequest(RequestFacts facts) {
        super(facts);
    }

    /** Ends the request. */
    public void end() {
        actions.forEach(Runnable::run);
        actions.clear();
    }

    /** How many wait for its end. */
    public int waiting() {
        return actions.size();
    }

    @Override
    public void whenDone(Runnable action) {
        actions.add(action);
    }
}
