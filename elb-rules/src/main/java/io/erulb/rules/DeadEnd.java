package io.erulb.rules;

/** Where an absent edge leads. */
final class DeadEnd extends Node {
    private final Decision decision;

    DeadEnd(String rule, String edge) {
        this.decision = new Decision.Reject(403, "rule " + rule + " has no " + edge + " edge");
    }

    Decision decision() {
        return decision;
    }
}
